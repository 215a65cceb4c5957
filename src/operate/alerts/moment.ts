import type { Reader } from './words.ts';

/** A moment as people read it, with its time zone: the reader of a mail may be in another. */
export function momentIn(at: number, { language, timeZone }: Reader): string {
  const text = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);
  return `${text} (${timeZone})`;
}

const units = [['j', 'd', 86_400_000], ['h', 'h', 3_600_000], ['min', 'min', 60_000]] as const;

/** A duration by its two largest units: `2 h 15 min`. */
export function durationIn(ms: number, { language }: Pick<Reader, 'language'>): string {
  let left = Math.max(0, Math.round(ms / 60_000)) * 60_000;
  const parts = units.map(([fr, en, unit]) => {
    const count = Math.floor(left / unit);
    left -= count * unit;
    return { count, text: `${count} ${language === 'fr' ? fr : en}` };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return language === 'fr' ? 'moins d’une minute' : 'less than a minute';
  return parts.slice(first, first + 2).filter(({ count }) => count > 0).map(({ text }) => text).join(' ');
}
