import type { Language } from './languages.ts';

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;
const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

/** `22/11/2026 17:25:34`, in the reader's time zone. */
export const dateTime = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'short', timeStyle: 'medium' }).format(at);

/** `Europe/Paris, UTC+1`: what every time shown is in. */
export function zoneOf(at: number, language: Language): string {
  const name = new Intl.DateTimeFormat(locales[language]).resolvedOptions().timeZone;
  const offset = new Intl.DateTimeFormat('fr-FR', { timeZoneName: 'shortOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name === 'UTC' ? name : `${name}, ${offset}`;
}

export const clockTime = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { timeStyle: 'medium' }).format(at);

/** With milliseconds, where steps of one second say nothing. */
export const preciseTime = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(at);

export const dayOf = (at: number, language: Language): string => new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium' }).format(at);

/** Null: a figure that is not told. */
export const number = (value: number | null, language: Language): string => (value === null ? '–' : new Intl.NumberFormat(locales[language]).format(value));

export const percent = (share: number, language: Language): string => new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** `0.4 ms`, `230 ms`, `1.8 s`, `12 min`, `3 h 05`, `4 j 2 h`: two units at most, so that it is read at a glance. */
export function duration(ms: number, language: Language): string {
  const one = (value: number): string => new Intl.NumberFormat(locales[language], { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  if (ms < second) return `${one(ms)} ms`;
  if (ms < minute) return `${one(ms / second)} s`;
  if (ms < hour) return `${String(Math.floor(ms / minute))} min`;
  if (ms < day) return `${String(Math.floor(ms / hour))} h ${String(Math.floor((ms % hour) / minute)).padStart(2, '0')}`;
  const hours = Math.floor((ms % day) / hour);
  return `${String(Math.floor(ms / day))} ${language === 'fr' ? 'j' : 'd'}${hours === 0 ? '' : ` ${String(hours)} h`}`;
}

/** `12 o`, `3,4 Ko`, `1,2 Mo`. */
export function bytes(size: number, language: Language): string {
  const unit = language === 'fr' ? 'o' : 'B';
  const [divisor, prefix] = size < 1000 ? [1, ''] : size < 1_000_000 ? [1000, 'k'] : [1_000_000, 'M'];
  return `${new Intl.NumberFormat(locales[language], { maximumFractionDigits: size < 1000 ? 0 : 1 }).format(size / divisor)} ${prefix}${unit}`;
}

/** What `<input type="datetime-local">` wants, in the reader's time zone; empty for none. */
export function localInput(at: number | undefined): string {
  if (at === undefined) return '';
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * minute);
  return shifted.toISOString().slice(0, 16);
}

export const fromLocalInput = (text: string): number | undefined => {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) ? undefined : at;
};
