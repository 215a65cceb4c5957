const hour = 3_600_000;
const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatter(timeZone: string): Intl.DateTimeFormat | null {
  let known = formatters.get(timeZone);
  if (known === undefined) {
    try { known = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }); } catch { known = null; }
    formatters.set(timeZone, known);
  }
  return known;
}

/** Minutes east of UTC of a zone at an instant. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = parts;
  return Math.round((Date.UTC(year, month - 1, day, hours, minute, second) - instant) / 60_000);
}

/**
 * Minutes east of UTC of a wall-clock time in an IANA zone (`Date.UTC` of its digits), summer time included. An hour that
 * occurs twice is the first one; an hour that does not occur is read with the offset before the change. Null: unknown zone.
 */
export function zoneOffset(wall: number, timeZone: string): number | null {
  const format = formatter(timeZone);
  if (format === null) return null;
  const before = offsetAt(format, wall - 24 * hour);
  const after = offsetAt(format, wall + 24 * hour);
  for (const offset of [before, after]) if (offsetAt(format, wall - offset * 60_000) === offset) return offset;
  return before;
}
