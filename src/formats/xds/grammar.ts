import { isInsOid, isOid } from '../../domain/identity.ts';

/** HL7 v2 texts of XDS metadata, in parts (IHE ITI TF-3 §4.2.3.1.7, in their French forms: dmp.md §0.5, §1.5). */
export interface Cx { readonly value: string; readonly authority: string; readonly type: string }
export interface Xcn { readonly id: string; readonly family: string; readonly given: string; readonly authority: string; readonly nameType: string; readonly type: string }
export interface Xon { readonly name: string; readonly authority: string; readonly type: string; readonly id: string }

const unescapes: Readonly<Record<string, string>> = { E: '\\', F: '|', S: '^', T: '&', R: '~' };
export const unescaped = (text: string): string => text.replace(/\\([EFSTR])\\/gu, (_, letter: string) => unescapes[letter] ?? '');
const components = (text: string): string[] => text.split('^');
/** OID of an `&OID&ISO`; null when it is not one. '' when the component is empty. */
function authority(component: string): string | null {
  if (component === '') return '';
  const [name = '', oid = '', type = '', ...more] = component.split('&');
  return name === '' && type === 'ISO' && isOid(oid) && more.length === 0 ? oid : null;
}
const empty = (parts: readonly string[], ...numbers: number[]): number | null => numbers.find((number) => (parts[number - 1] ?? '') !== '') ?? null;

/** Either the parts, or the component that breaks the grammar (`CX.5`). */
export type Parsed<T> = { readonly ok: T } | { readonly broken: string };

/** `value^^^&OID&ISO^type`. Some old senders add `^^date`: read and left out. */
export function readCx(text: string): Parsed<Cx> {
  const parts = components(text);
  const [value = '', , , by = '', type = ''] = parts;
  const oid = authority(by);
  const odd = empty(parts, 2, 3) ?? (value === '' ? 1 : oid === null || oid === '' ? 4 : type === '' ? 5 : null);
  return odd === null ? { ok: { value: unescaped(value), authority: oid ?? '', type } } : { broken: `CX.${String(odd)}` };
}

const people = '1.2.250.1.71.4.2.1';
/** PS_IdNat: its prefix says what number follows (PSIdNat; dmp.md §1.5). */
const nationalPerson = /^(?:0[0-9A-Z]{9}|8\d{11}|[13456][0-9A-Z]+\/.+)$/u;

/** `id^family^given^^^^^^&OID&ISO^D^^^IDNPS`; D a person, U a system; IDNPS national, EI internal, RI a system's, NH the patient's INS. */
export function readXcn(text: string): Parsed<Xcn> {
  const parts = components(text);
  const [id = '', family = '', given = '', , , , , , by = '', nameType = '', , , type = ''] = parts;
  const oid = authority(by);
  const known = ['IDNPS', 'EI', 'RI', 'NH', 'PI'].includes(type);
  const odd = empty(parts, 4, 5, 6, 7, 8, 11, 12) ?? (id === '' ? 1 : family === '' ? 2 : oid === null || oid === '' ? 9 : !['D', 'U', 'L'].includes(nameType) ? 10 : !known ? 13 : null);
  if (odd !== null) return { broken: `XCN.${String(odd)}` };
  if (type === 'IDNPS' && oid === people && !nationalPerson.test(unescaped(id))) return { broken: 'XCN.1' };
  return type === 'NH' && !isInsOid(oid ?? '') ? { broken: 'XCN.9' } : { ok: { id: unescaped(id), family: unescaped(family), given: unescaped(given), authority: oid ?? '', nameType, type } };
}

const structures = '1.2.250.1.71.4.2.2';
/** Struct_IdNat: 0 cabinet ADELI, 1 FINESS, 2 SIREN, 3 SIRET, 4 cabinet RPPS. */
const nationalStructure = /^(?:0[0-9A-Z]{9,}|1[0-9A-Z]{9}|2\d{9}|3\d{14}|4\d{11,})$/u;

/** `name^^^^^&OID&ISO^IDNST^^^id`; without a number, the name alone. */
export function readXon(text: string): Parsed<Xon> {
  const parts = components(text);
  const [name = '', , , , , by = '', type = '', , , id = ''] = parts;
  const oid = authority(by);
  const odd = empty(parts, 2, 3, 4, 5, 8, 9) ?? (name === '' && id === '' ? 1 : oid === null || (id !== '' && oid === '') ? 6 : oid === structures && type !== 'IDNST' ? 7 : oid !== '' && id === '' ? 10 : null);
  if (odd !== null) return { broken: `XON.${String(odd)}` };
  return oid === structures && !nationalStructure.test(unescaped(id)) ? { broken: 'XON.10' } : { ok: { name: unescaped(name), authority: oid ?? '', type, id: unescaped(id) } };
}
