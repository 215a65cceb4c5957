/** French forms of the XDS data types (dmp.md §1.5). Each function says whether a text has the form. */

/** Instance identifiers: root and, for CDA, an extension. */
export const oid = (text: string): boolean => /^[0-2](\.(0|[1-9][0-9]*))+$/.test(text) && text.length <= 64;
export const uniqueId = (text: string): boolean => { const [root = '', ...extension] = text.split('^'); return oid(root) && extension.length <= 1 && text.length <= 128; };

/** UTC digits without offset, a real instant: `yyyy[MM[dd[HH[mm[ss]]]]]`. Milliseconds, or null. */
export function instant(text: string): number | null {
  const found = /^([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})([0-9]{2})?)?)?)?)?$/.exec(text);
  if (found === null) return null;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00'] = found;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = Date.parse(iso);
  return Number.isNaN(at) || new Date(at).toISOString() !== iso ? null : at;
}
/** An HL7 time with its offset, as CDA writes it, in UTC digits of the same precision; null when it cannot be told. */
export function utcDigits(text: string): string | null {
  const found = /^([0-9]{4,14})(?:\.[0-9]+)?(?:([+-])([0-9]{2})([0-9]{2}))?$/.exec(text);
  if (found === null) return null;
  const [, digits = '', sign, hours = '0', minutes = '0'] = found;
  if (sign === undefined || digits.length < 10) return digits;
  const at = instant(digits);
  if (at === null) return null;
  const moved = at - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(moved).toISOString().replace(/\D/g, '').slice(0, digits.length);
}

/** Key of a matricule: 97 − (number mod 97), Corsica `2A` → 19 and `2B` → 18. */
export function insKey(value: string): boolean {
  const found = /^([0-9]{5}(?:[0-9]{2}|2A|2B)[0-9]{6})([0-9]{2})$/.exec(value);
  if (found === null) return false;
  const number = Number((found[1] ?? '').replace('2A', '19').replace('2B', '18'));
  return 97 - (number % 97) === Number(found[2]);
}

/** Struct_IdNat: 0 ADELI, 1 FINESS, 2 SIREN, 3 SIRET, 4 RPPS-rank. */
export const structureId = (text: string): boolean => /^(0.+|1[0-9AB]{9}|2[0-9]{9}|3[0-9]{14}|4.+)$/.test(text);

const assigned = '&[0-9.]+&ISO';
/** Person: PS_IdNat or internal identifier, name; a system: XCN.10 U, XCN.13 RI; a patient: NH. */
export const xcn = (text: string): boolean =>
  new RegExp(`^[0-9][^^]+\\^[^^]+\\^[^^]+\\^{6}&1\\.2\\.250\\.1\\.71\\.4\\.2\\.1&ISO\\^D\\^\\^\\^(IDNPS|EI)$`).test(text)
  || new RegExp(`^[^^]+\\^[^^]*\\^[^^]*\\^{6}${assigned}\\^U\\^\\^\\^RI$`).test(text)
  || new RegExp(`^[0-9AB]{15}\\^[^^]+\\^[^^]+\\^{6}${assigned}\\^[DLSU]\\^\\^\\^NH$`).test(text);
/** XCN.13 of a professional: EI for an internal identifier (it holds a `/`), IDNPS otherwise. */
export const xcnKind = (text: string): boolean => { const parts = text.split('^'); return !['IDNPS', 'EI'].includes(parts[12] ?? '') || (parts[0] ?? '').includes('/') === (parts[12] === 'EI'); };
/** The Luhn key of an RPPS number behind its prefix 8. */
export function rppsKey(text: string): boolean {
  const found = /^8([0-9]{11})\^/.exec(text);
  if (found === null) return true;
  const sum = Array.from(found[1] ?? '').reverse().reduce((total, digit, i) => { const value = Number(digit) * (i % 2 === 1 ? 2 : 1); return total + (value > 9 ? value - 9 : value); }, 0);
  return sum % 10 === 0;
}
/** Structure: FINESS, SIREN, SIRET… under IDNST, or a referenced digital service (SIREN under 1.3.2). */
export const xon = (text: string): boolean =>
  /^[^^]*\^{5}&1\.2\.250\.1\.71\.4\.2\.2&ISO\^IDNST\^\^\^[0-4][0-9A-Z/-]+$/.test(text) || /^[^^]+\^{5}&1\.3\.2&ISO(\^[^^]*)?\^\^\^[0-9]{9}$/.test(text);
/** Local patient number `id^^^&oid&ISO^PI`, or the INS itself. */
export const localPatient = (text: string): boolean => new RegExp(`^[^^&]+\\^\\^\\^${assigned}\\^(PI|NH)$`).test(text);
/** `code^display^scheme` of a speciality. */
export const ce = (text: string): { readonly code: string; readonly scheme: string } | null => {
  const found = /^([^^]+)\^[^^]+\^([0-9.]+)$/.exec(text);
  return found === null ? null : { code: found[1] ?? '', scheme: found[2] ?? '' };
};
