import { catalogue, type FaultCode } from '../../domain/catalogue.ts';
import { say, type Language } from '../../domain/finding.ts';
import { ApiFault } from '../api/fault.ts';
import type { Cause } from '../api/contract/words.ts';

/** A reason's code in the reader's words. What is no code of the catalogue is shown as it is. */
export function causeOf(code: string, language: Language, args: readonly string[] = []): Cause {
  if (!(code in catalogue)) return { code, text: code, advice: '', blame: null };
  const known = code as FaultCode;
  const { text, advice } = say({ severity: 'information', code: known, location: '', text: '', spec: '', args }, language);
  // Of many together no place is told: the brackets that would hold it go too.
  return { code, text: text.replaceAll(/ ?\( ?\)/g, ''), advice, blame: catalogue[known].blame };
}

/** A number as an opaque cursor, and back. @throws ApiFault */
export const cursorOf = (at: number | null): string | null => (at === null ? null : at.toString(36));
export function cursorAt(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const at = Number.parseInt(cursor, 36);
  if (!Number.isSafeInteger(at) || at.toString(36) !== cursor) throw new ApiFault('api.invalid', ['query/cursor', 'format'], { place: 'query/cursor' });
  return at;
}

/** @throws ApiFault `api.not-found`: what is not there, and what the account may not see */
export function found<T>(what: T | null | undefined): T {
  if (what === null || what === undefined) throw new ApiFault('api.not-found');
  return what;
}
