/** A day in a local calendar, as days since 1970-01-01. */
export type Day = number;

const dayOf = (year: number, month: number, day: number): Day => Date.UTC(year, month - 1, day) / 86_400_000;

/** 0 is Monday. */
export const weekday = (day: Day): number => (((day + 3) % 7) + 7) % 7;
export const sunday = 6;

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's rule). */
function easter(year: number): Day {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const e = b % 4, f = Math.floor((b + 8) / 25), g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}

const years = new Map<number, ReadonlySet<Day>>();
function holidaysOf(year: number): ReadonlySet<Day> {
  const known = years.get(year);
  if (known !== undefined) return known;
  const sundayOfEaster = easter(year);
  const made = new Set([
    dayOf(year, 1, 1), sundayOfEaster + 1, dayOf(year, 5, 1), dayOf(year, 5, 8), sundayOfEaster + 39, sundayOfEaster + 50,
    dayOf(year, 7, 14), dayOf(year, 8, 15), dayOf(year, 11, 1), dayOf(year, 11, 11), dayOf(year, 12, 25),
  ]);
  years.set(year, made);
  return made;
}

/** The eleven public holidays of all of France (Code du travail L3133-1); those of Alsace-Moselle and of the overseas are not among them. */
export const isHoliday = (day: Day): boolean => holidaysOf(new Date(day * 86_400_000).getUTCFullYear()).has(day);
