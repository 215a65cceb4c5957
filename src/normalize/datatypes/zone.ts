const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) formats.set(zone, format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' }));
  return format;
}

const offsetAt = (zone: string, instant: number): string => {
  const name = formatOf(zone).formatToParts(instant).find(part => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? '+00:00' : name.slice(3);
};

const minutes = (offset: string): number => (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));

/** Last hours asked for: results of one report share theirs, and asking Intl costs more than the rest of a result. */
const known = new Map<string, string>();

/**
 * Offset (`+01:00`) of a wall-clock hour in an IANA zone. The hour that happens twice in autumn is taken as its first
 * passage, the one that does not exist in spring as if the clock had not moved yet.
 */
export function offsetIn(zone: string, year: number, month: number, day: number, hour: number): string {
  const key = `${zone}|${year}|${month}|${day}|${hour}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const wall = Date.UTC(year, month - 1, day, hour);
  const before = offsetAt(zone, wall - 24 * 3_600_000), after = offsetAt(zone, wall + 24 * 3_600_000);
  const early = wall - minutes(before) * 60_000;
  const offset = offsetAt(zone, early) === before ? before : after;
  if (known.size > 1000) known.clear();
  known.set(key, offset);
  return offset;
}
