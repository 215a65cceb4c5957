/** A rule that the simulator checks of what it receives, with its source. */
export interface Rule { readonly name: string; readonly source: string; broken(message: Parsed): boolean }

/**
 * A message as the simulator reads it: split by the usual separators, nothing unescaped. Written apart from
 * src/formats/hl7v2 on purpose: a simulator that shared the reader would share its mistakes.
 */
export interface Parsed { readonly text: string; readonly bytes: Buffer; readonly lines: readonly string[][] }

export const parse = (bytes: Buffer): Parsed => {
  const text = bytes.toString('latin1');
  return { text, bytes, lines: text.split('\r').filter((line) => line !== '').map((line) => line.split('|')) };
};
/** MSH counts its separator as MSH-1, so that its fields stand one place to the left. */
export const msh = (message: Parsed, n: number): string => message.lines[0]?.[n - 1] ?? '';
const all = (message: Parsed, name: string): readonly string[][] => message.lines.filter(([first]) => first === name);
const isZam = (message: Parsed): boolean => msh(message, 9).startsWith('ZAM^');
const utf8 = new TextDecoder('utf-8', { fatal: true });
const isUtf8 = (bytes: Buffer): boolean => { try { utf8.decode(bytes); return true; } catch { return false; } };
const zam = 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, ZAM';

export const rules: readonly Rule[] = [
  { name: 'msh-first', source: 'HL7 v2.5 2.15.9', broken: (m) => m.lines[0]?.[0] !== 'MSH' },
  { name: 'segments-end-with-cr', source: 'HL7 v2.5 2.5.4', broken: (m) => m.text.includes('\n') || !m.text.endsWith('\r') },
  { name: 'type', source: 'HL7 v2.5 2.15.9.9', broken: (m) => !/^[A-Z0-9]{3}(\^[A-Z0-9]{3}(\^[A-Z0-9_]+)?)?$/.test(msh(m, 9)) },
  { name: 'control-id', source: 'HL7 v2.5 2.15.9.10', broken: (m) => msh(m, 10) === '' },
  { name: 'control-id-length', source: 'HL7 v2.5 2.15.9.10: 20 characters', broken: (m) => msh(m, 10).length > 20 && /^2\.[1-5]/.test(msh(m, 12)) },
  { name: 'processing', source: 'HL7 table 0103', broken: (m) => !['P', 'T', 'D'].includes(msh(m, 11).split('^')[0] ?? '') },
  { name: 'version', source: 'HL7 table 0104', broken: (m) => !/^2\.\d/.test(msh(m, 12)) },
  { name: 'no-sequence-number', source: 'HL7 v2.5 2.9.1: MSH-13 starts the sequence number protocol', broken: (m) => msh(m, 13) !== '' },
  { name: 'charset', source: 'HL7 table 0211', broken: (m) => msh(m, 18) === 'UNICODE UTF-8' && !isUtf8(m.bytes) },
  { name: 'zam-structure', source: zam, broken: (m) => isZam(m) && (!/^ZAM\^Z0[123]\^ZAM_Z01$/.test(msh(m, 9)) || m.lines[1]?.[0] !== 'EVN' || all(m, 'OBX').length === 0) },
  { name: 'zam-version', source: zam, broken: (m) => isZam(m) && (!msh(m, 12).startsWith('2.6') || msh(m, 21) !== '2.1^CISIS_CDA_HL7_V2') },
  { name: 'zam-names-original', source: zam, broken: (m) => isZam(m) && (all(m, 'OBX')[0]?.[4] ?? '') === '' },
  { name: 'zam-yes-or-no', source: zam, broken: (m) => isZam(m) && !/^[YN](\^|$)/.test(all(m, 'OBX')[0]?.[5] ?? '') },
  { name: 'zam-error-with-no', source: zam, broken: (m) => isZam(m) && (all(m, 'OBX')[0]?.[5] ?? '').startsWith('N') !== all(m, 'ERR').some((err) => (err[3] ?? '').startsWith('207')) },
];
