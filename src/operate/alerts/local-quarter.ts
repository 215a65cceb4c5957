/** A quarter hour of a local calendar: local day × 96 + rank in the day. A feed's habits follow its own clock. */
export type Quarter = number;
export const quartersOfDay = 96;
export const quarterMs = 900_000;

export interface LocalTime {
  quarter(at: number): Quarter;
  /** When a quarter begins. The hour that is lived twice in autumn is its first; the one skipped in spring is the hour after. */
  begins(quarter: Quarter): number;
}

const known = new Map<string, LocalTime>();

/** The quarters of a time zone (IANA). Every zone's offset is a multiple of a quarter hour. */
export function localTime(zone: string): LocalTime {
  const found = known.get(zone) ?? zoned(zone);
  known.set(zone, found);
  return found;
}

function zoned(zone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const read = (at: number): Quarter => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute) / quarterMs - (minute % 15) / 15;
  };
  // Asked for each message: the calendar is only read when the quarter changes.
  let last = { utc: NaN, quarter: 0 };
  const quarter = (at: number): Quarter => {
    const utc = Math.floor(at / quarterMs);
    if (utc !== last.utc) last = { utc, quarter: read(utc * quarterMs) };
    return last.quarter;
  };
  const begins = (wanted: Quarter): number => {
    const apart = (at: number): number => (wanted - read(at)) * quarterMs;
    let at = wanted * quarterMs;
    for (let i = 0; i < 3; i++) at += apart(at);
    const hourBefore = at - 4 * quarterMs;
    return read(hourBefore) === wanted ? hourBefore : at;
  };
  return { quarter, begins };
}
