/** A date, dateTime or time with the precision it was written in (N1 §Date/Time). Fields beyond the precision are absent. */
export class Temporal {
  readonly kind: 'date' | 'dateTime' | 'time';
  /** year, month, day, hour, minute, second (with fraction) — or hour, minute, second for a time. */
  readonly fields: readonly number[];
  /** Minutes east of UTC; undefined when no zone was written. */
  readonly zone: number | undefined;
  readonly text: string;

  constructor(kind: Temporal['kind'], fields: readonly number[], zone: number | undefined, text: string) {
    this.kind = kind;
    this.fields = fields;
    this.zone = zone;
    this.text = text;
  }
}

const dateTime = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(T(?:(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?)?$/;
const time = /^T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?$/;

/** `2024-01`, `2024-01-02T10:00Z`, `T10:00`; undefined for anything else. Ranges are not checked here. */
export function parseTemporal(text: string, timeToo = true): Temporal | undefined {
  const found = dateTime.exec(text);
  if (found !== null) {
    const [, year, month, day, clock, hour, minute, second, zone] = found;
    const fields = numbers([year, month, day, hour, minute, second]);
    return new Temporal(clock === undefined ? 'date' : 'dateTime', fields, zoneMinutes(zone), text);
  }
  const clock = timeToo ? time.exec(text) : null;
  return clock === null ? undefined : new Temporal('time', numbers(clock.slice(1)), undefined, text);
}

function numbers(texts: readonly (string | undefined)[]): number[] {
  const list: number[] = [];
  for (const text of texts) {
    if (text === undefined) break;
    list.push(Number(text));
  }
  return list;
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * -1, 0 or 1; undefined when the precisions differ before a difference shows, when one has a zone and the other not,
 * or when a time is compared with a date.
 */
export function compareTemporal(a: Temporal, b: Temporal): -1 | 0 | 1 | undefined {
  if ((a.kind === 'time') !== (b.kind === 'time')) return undefined;
  const left = normal(a, b);
  const right = normal(b, a);
  const clock = a.kind === 'time' ? 0 : 3;
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const x = left[i];
    const y = right[i];
    if (x === undefined || y === undefined) return undefined;
    if (i === clock && a.kind !== 'time' && (a.zone === undefined) !== (b.zone === undefined)) return undefined;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The fields in UTC when both have a zone and a time; as written otherwise. */
function normal(temporal: Temporal, other: Temporal): readonly number[] {
  const { fields, zone } = temporal;
  if (zone === undefined || zone === 0 || other.zone === undefined || fields.length < 5) return fields;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second] = fields;
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute - zone));
  const shifted = [utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate(), utc.getUTCHours(), utc.getUTCMinutes()];
  return second === undefined ? shifted : [...shifted, second];
}
