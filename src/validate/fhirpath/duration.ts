import { Temporal } from './temporal.ts';
import type { Quantity } from './item.ts';

const units: Readonly<Record<string, readonly [field: number, factor: number]>> = {
  year: [0, 1], years: [0, 1], a: [0, 1], month: [1, 1], months: [1, 1], mo: [1, 1], week: [2, 7], weeks: [2, 7], wk: [2, 7],
  day: [2, 1], days: [2, 1], d: [2, 1], hour: [3, 1], hours: [3, 1], h: [3, 1], minute: [4, 1], minutes: [4, 1], min: [4, 1],
  second: [5, 1], seconds: [5, 1], s: [5, 1],
};

/** A date moved by a duration, in the precision it had; the day is clipped to the month (31 January + 1 month). */
export function addDuration(start: Temporal, duration: Quantity, sign: 1 | -1): Temporal | undefined {
  const unit = units[duration.unit];
  if (unit === undefined || start.kind === 'time') return undefined;
  const [field, factor] = unit;
  const amount = Math.trunc(duration.value * factor) * sign;
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = start.fields;
  const monthIndex = month - 1 + (field === 1 ? amount : 0);
  const movedYear = year + (field === 0 ? amount : 0);
  const lastDay = new Date(Date.UTC(movedYear, monthIndex + 1, 0)).getUTCDate();
  const moved = new Date(Date.UTC(
    movedYear, monthIndex, Math.min(day, lastDay) + (field === 2 ? amount : 0),
    hour + (field === 3 ? amount : 0), minute + (field === 4 ? amount : 0), Math.trunc(second) + (field === 5 ? amount : 0),
  ));
  const fields = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate(), moved.getUTCHours(), moved.getUTCMinutes(), moved.getUTCSeconds() + (second % 1)];
  return temporal(start, fields.slice(0, start.fields.length));
}

function temporal(like: Temporal, fields: readonly number[]): Temporal {
  const [year = 0, ...rest] = fields;
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [String(year).padStart(4, '0'), ...rest.slice(0, 2).map(two)].join('-');
  const clock = rest.slice(2).map(two).join(':');
  const zone = like.zone === undefined ? '' : /(?:Z|[+-]\d\d:\d\d)$/.exec(like.text)?.[0] ?? '';
  return new Temporal(like.kind, fields, like.zone, like.kind === 'date' ? date : `${date}T${clock}${zone}`);
}
