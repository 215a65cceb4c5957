import type { ContactPoint } from '@medplum/fhirtypes';
import type { Part } from '../tracked.ts';

/** Table 0202, and the older letters. */
const systems: Readonly<Record<string, NonNullable<ContactPoint['system']>>> = { PH: 'phone', CP: 'phone', FX: 'fax', BP: 'pager', Internet: 'email', 'X.400': 'email', MD: 'other', TDD: 'other' };
/** Table 0201. */
const uses: Readonly<Record<string, NonNullable<ContactPoint['use']>>> = { PRN: 'home', ORN: 'home', VHN: 'temp', WPN: 'work', PRS: 'mobile' };

/**
 * XTN by PAM France: the number is XTN.12 and the address XTN.4; XTN.1 and 5 to 8 must not be used, and are read when they are
 * all there is. Null without a number or address.
 */
export function xtn(part: Part): ContactPoint | null {
  const equipment = part.peek(3), code = part.peek(2);
  const address = part.text(4), written = address === '' ? part.text(12) || part.text(1) : address;
  const pieces = written === '' ? [5, 6, 7, 8].map(c => part.text(c)).filter(text => text !== '').join(' ') : written;
  if (pieces === '') return null;
  const system = address !== '' ? 'email' : systems[equipment] ?? (code === 'NET' ? 'email' : 'phone');
  const made: ContactPoint = { system, value: pieces };
  if (equipment !== '' && (systems[equipment] ?? '') !== '') part.text(3);
  // A personal mobile is `mobile`; that a mobile is one of work has no place beside it.
  if (equipment === 'CP') made.use = 'mobile';
  else if (uses[code]) made.use = uses[code];
  if (equipment === 'CP' ? code === 'PRN' : uses[code] ?? (code === 'NET' && system === 'email')) part.text(2);
  return made;
}
