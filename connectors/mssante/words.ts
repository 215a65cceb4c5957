/** How texts stand in a subject and in a file name (Référentiel socle MSSanté #2 §3.1.3; mss.md §3.2, §3.4). */

const ligatures: Readonly<Record<string, string>> = { œ: 'oe', Œ: 'OE', æ: 'ae', Æ: 'AE', ø: 'o', Ø: 'O', ß: 'ss', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', '’': "'", '‘': "'", ʼ: "'" };

/** One line: control characters and runs of space become one space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** Without accents; apostrophes and hyphens stay. */
export const unaccented = (text: string): string => oneLine(text.replace(/[œŒæÆøØßłŁđĐ’‘ʼ]/gu, (one) => ligatures[one] ?? one).normalize('NFD').replace(/\p{M}+/gu, ''));

export const birthName = (family: string): string => unaccented(family).toUpperCase();

/** At most so many characters, never half of one. */
export const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('').trimEnd();
