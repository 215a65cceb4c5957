import type { Patient } from '@medplum/fhirtypes';
import { insOids, type InsOid } from '../../domain/identity.ts';
import { v3 } from './urls.ts';

/** Type of an INS by its authority (FR Core fr-core-cs-v2-0203). */
export const insTypes: Readonly<Record<InsOid, string>> = {
  [insOids.nir]: 'INS-NIR', [insOids.nia]: 'INS-NIA', [insOids.nirTest]: 'INS-NIR-TEST', [insOids.nirDemo]: 'INS-NIR-DEMO',
};

/** Use of an identifier by its type, as FR Core's slices want it. */
export const identifierUses: Readonly<Record<string, 'usual' | 'official' | 'secondary'>> = { PI: 'usual', NH: 'official', NDP: 'secondary', RRI: 'secondary' };

/** Table 0001 → administrative-gender. */
export const genders: Readonly<Record<string, NonNullable<Patient['gender']>>> = { M: 'male', F: 'female', O: 'other', A: 'other', U: 'unknown', N: 'other' };

const marital = v3('MaritalStatus');
const code = (letter: string) => ({ system: marital, code: letter });

/** Table 0002 → v3-MaritalStatus (v2-to-fhir). A code it does not have stays under table 0002. */
export const maritalStatuses: Readonly<Record<string, { system: string; code: string }>> = {
  A: code('L'), D: code('D'), M: code('M'), S: code('S'), W: code('W'), C: code('C'), G: code('T'), P: code('T'), R: code('T'), E: code('L'), N: code('A'), I: code('I'), B: code('U'),
  U: { system: v3('NullFlavor'), code: 'UNK' },
};

/** Fields of PID that PAM France forbids: dropped, with a warning (race and religion may not be kept, the others are replaced). */
export const forbiddenPid: readonly number[] = [2, 4, 9, 10, 12, 17, 19, 20, 22, 28];
