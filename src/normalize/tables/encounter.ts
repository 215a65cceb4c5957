import type { Encounter } from '@medplum/fhirtypes';

/** Table 0004 (PAM France) → v3-ActCode. N, not applicable, has no class there and stays under its own table. */
export const classes: Readonly<Record<string, { code: string; display: string }>> = {
  E: { code: 'EMER', display: 'emergency' }, I: { code: 'IMP', display: 'inpatient encounter' }, O: { code: 'AMB', display: 'ambulatory' },
  R: { code: 'AMB', display: 'ambulatory' }, P: { code: 'PRENC', display: 'pre-admission' }, V: { code: 'VR', display: 'virtual' },
};

/** What an event says of the stay. Cancels put it back where it was before the movement they cancel (PAM France, ITI-31). */
export const statusByEvent: Readonly<Record<string, Encounter['status']>> = {
  A01: 'in-progress', A02: 'in-progress', A03: 'finished', A04: 'in-progress', A05: 'planned', A06: 'in-progress', A07: 'in-progress', A08: 'in-progress',
  A11: 'cancelled', A12: 'in-progress', A13: 'in-progress', A14: 'planned', A15: 'in-progress', A16: 'in-progress', A21: 'onleave', A22: 'in-progress',
  A25: 'in-progress', A26: 'in-progress', A27: 'cancelled', A38: 'cancelled', A52: 'in-progress', A53: 'onleave', A54: 'in-progress', A55: 'in-progress',
};

/** Events whose movement (ZBE-2) is the beginning of the stay, or its end, when PV1 does not date it. */
export const beginsStay: ReadonlySet<string> = new Set(['A01', 'A04', 'A05']);

/** PV1 fields with professionals → v3-ParticipationType. */
export const participants: readonly (readonly [field: number, code: string])[] = [[7, 'ATND'], [8, 'REF'], [9, 'CON'], [17, 'ADM'], [52, 'PART']];

/** PV1 fields with places → EncounterLocation.status. */
export const places: readonly (readonly [field: number, status: 'active' | 'completed' | 'planned' | 'reserved'])[] = [[6, 'completed'], [11, 'active'], [42, 'reserved'], [43, 'completed']];

/**
 * Fields of the French Z segments that FHIR has no element for, kept as extension `pam-stay` (one sub-extension a field, named
 * by its place). `code` has a table of its own in PAM France; `text` is kept as written.
 */
export const stayFields: Readonly<Record<string, Readonly<Record<number, 'code' | 'time' | 'text' | 'address' | 'identifier' | 'concept'>>>> = {
  ZFP: { 1: 'code', 2: 'code' },
  ZFV: { 1: 'text', 2: 'concept', 4: 'time', 5: 'time', 6: 'address', 7: 'identifier', 8: 'identifier', 9: 'code', 11: 'concept' },
  ZFM: { 1: 'code', 2: 'code', 3: 'code', 4: 'code', 5: 'code' },
  ZFS: { 2: 'text', 3: 'time', 4: 'time', 5: 'code', 6: 'concept', 7: 'concept', 8: 'text' },
};
