import type { DocumentEntry } from '../../src/formats/xds/document-entry.ts';

/** A matricule INS wherever it stands, written together or in groups; an arc of an OID is none. */
const matricule = /(?<![0-9]|[0-9]\.)[1-8][ \u00a0-]?[0-9]{2}[ \u00a0-]?[0-9]{2}[ \u00a0-]?(?:[0-9]{2}|2[ABab])[ \u00a0-]?[0-9]{3}[ \u00a0-]?[0-9]{3}(?:[ \u00a0-]?[0-9]{2})?(?![0-9]|\.[0-9])/g;
const hidden = '***';
type Named = Pick<DocumentEntry, 'patientId' | 'sourcePatientId' | 'sourcePatientInfo'>;

/** What a plain letter may be written as. */
const accented: Readonly<Record<string, string>> = { a: 'aàâäáãå', c: 'cç', e: 'eéèêë', i: 'iîïíì', n: 'nñ', o: 'oôöóòõ', u: 'uùûüú', y: 'yÿý' };
const escaped = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
const letter = (char: string): string => (accented[char] === undefined ? /[ '’-]/.test(char) ? '[ \'’-]' : escaped(char) : `[${accented[char]}]`);
/** A value in any case, with or without its accents. */
const anyWriting = (value: string): string => Array.from(value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(), letter).join('');

/** A birth date as digits, in the orders and with the signs that French and ISO texts use. */
function dates(digits: string): string[] {
  const [, century, year, month, day] = /^(\d{2})(\d{2})(\d{2})(\d{2})/.exec(digits) ?? [];
  if (century === undefined) return digits.length > 3 ? [digits] : [];
  const sign = '[ ./-]?';
  return [`${century}${year}${sign}${month}${sign}${day}`, `${day}${sign}${month}${sign}(?:${century})?${year}`];
}

/** Numbers, names and birth date of these entries' patient, as patterns; the longest first, for what holds another. */
function patterns(entries: readonly Named[]): string[] {
  const info = (entry: Named, field: string): string[] => entry.sourcePatientInfo.filter((line) => line.startsWith(`${field}|`)).flatMap((line) => line.slice(field.length + 1).split('^'));
  const names = entries.flatMap((entry) => info(entry, 'PID-5')).filter((name) => name.length > 1);
  // One half of a compound name is a name; its small words (de, la) would take every other word with them.
  const halves = names.flatMap((name) => name.split(/[ '’-]/)).filter((half) => half.length > 2);
  const numbers = entries.flatMap(({ patientId, sourcePatientId }) => [patientId, sourcePatientId]).map((cx) => cx.split('^')[0] ?? '').filter((number) => number.length > 1);
  const all = [...new Set([...names, ...halves, ...numbers])].sort((a, b) => b.length - a.length).map(anyWriting);
  return [...all, ...entries.flatMap((entry) => info(entry, 'PID-7')).flatMap(dates)];
}

/** Takes a patient's values out of what a partner says: it quotes what it was sent (invariant 10). */
export function hider(entries: readonly Named[]): (text: string) => string {
  return (text) => {
    const known = patterns(entries);
    const plain = text.replace(matricule, hidden);
    return known.length === 0 ? plain : plain.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${known.join('|')})(?![\\p{L}\\p{N}])`, 'giu'), hidden);
  };
}
