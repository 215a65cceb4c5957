import { finding } from '../../domain/finding.ts';
import { isInsOid } from '../../domain/identity.ts';
import { readMerge } from '../../facts/merge.ts';
import { toldConsent } from '../../facts/told-consent.ts';
import type { Building } from '../building.ts';
import { patientIdentity } from '../patient-identity.ts';
import { push } from '../put.ts';
import { mrgToPatients } from '../segments/mrg-to-patient.ts';
import { obxToObservation } from '../segments/obx-to-observation.ts';
import { businessKey } from '../segments/order-numbers.ts';
import { statusByEvent } from '../tables/encounter.ts';
import type { Ledger } from '../tracked.ts';
import { orderGroups } from './groups.ts';
import { addPatientVisit, need, type PatientVisit } from './patient-visit.ts';

/** Events about the person alone (ITI-30), which need no stay. */
const identityEvents = new Set(['A28', 'A31', 'A40', 'A47']);

/** Events that only ever insert a movement (ZBE-4 INSERT). */
const begins = new Set(['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A14', 'A15', 'A16', 'A21', 'A22', 'A54']);
const movementActions = new Set(['INSERT', 'UPDATE', 'CANCEL']);

/** Events of PAM France this gateway understands; A08 is no part of it and is read with a warning. */
export const adtEvents: ReadonlySet<string> = new Set([...identityEvents, ...Object.keys(statusByEvent), 'Z99']);

/**
 * A40: the patient of PID replaces that of MRG. A47: the same patient, whose number in MRG has ended; what was told under that
 * number is found as after a merge. An INS is the person's, and ends on the patient itself.
 */
function merge(building: Building, ledger: Ledger, event: string, visit: PatientVisit): string[] {
  if ((event !== 'A40' && event !== 'A47') || !need(building, ledger, 'MRG')) return [];
  const { unclear, elsewhere, merges } = readMerge(ledger.message, patientIdentity(ledger.message).identity);
  if (unclear !== null) { building.findings.push(finding(unclear.code, unclear.place, unclear.place)); return []; }
  building.findings.push(...elsewhere.map(place => finding('normalize.merge-other-authority', place, place)));
  const kept = (visit.patient.identifier ?? []).filter(({ use }) => use !== 'old');
  return ledger.all('MRG').flatMap(mrg => mrgToPatients(mrg, visit.subject, kept, merges, building.settings.source.timeZone).flatMap(one => {
    const ins = event === 'A47' ? (one.identifier ?? []).filter(({ system = '' }) => isInsOid(system.replace('urn:oid:', ''))) : [];
    push(visit.patient, 'identifier', ...ins.map(old => ({ ...old, use: 'old' as const })));
    one.identifier = one.identifier?.filter(number => !ins.includes(number)) ?? [];
    if (one.identifier.length === 0) return [];
    // PID-3 may repeat it as ended: it names the retired record alone.
    const { identifier } = one;
    visit.patient.identifier = visit.patient.identifier?.filter(ours => ours.use !== 'old' || !identifier.some(({ system, value }) => ours.system === system && ours.value === value)) ?? [];
    const retired = building.add(one, mrg.place);
    push(visit.patient, 'link', { type: 'replaces', other: { reference: retired } });
    return [retired];
  }));
}

/** What ZFA and ZBE must say in order to be believed, and PV1 so that the stay is found again; PAM France has A01 to A07 insert a movement, and other events cancel one. */
function check(building: Building, { message }: Ledger, event: string): void {
  const pv1 = message.first('PV1');
  if (!identityEvents.has(event) && message.has('PV1') && pv1.text(2) !== 'N' && pv1.text(19) === '') building.findings.push(finding('normalize.visit-number', 'PV1-19'));
  if (message.has('ZFA')) building.findings.push(...toldConsent(message).findings);
  const action = message.first('ZBE').field(4);
  if (begins.has(event) && action.text === 'CANCEL') building.findings.push(finding('normalize.movement-contradiction', action.place, event));
  else if (action.text !== '' && !movementActions.has(action.text)) building.findings.push(finding('normalize.movement-action', action.place));
}

/** OBX of an ADT: weight and height at admission (ITI TF-4, 4.1.2). No number of the sender's names them: they are this message's. */
function addMeasures(building: Building, ledger: Ledger, visit: PatientVisit): void {
  const effective = { effectiveDateTime: visit.stay?.period?.start ?? new Date(building.settings.receivedAt).toISOString() };
  for (const group of orderGroups(ledger)) for (const [i, one] of group.observations.entries()) {
    const observation = obxToObservation(building, one, { category: 'vital-signs', subject: visit.subject, encounter: visit.encounter, basedOn: '', specimen: '', effective });
    observation.identifier = [businessKey(building, 'observation', 'message', building.settings.trace, one.obx.peek(3), String(i + 1)), ...(observation.identifier ?? [])];
    building.add(observation, one.obx.place);
  }
}

/** ADT of PAM France: who (ITI-30) and where (ITI-31). */
export function adt(building: Building, ledger: Ledger, event: string, sent: string): string[] {
  if (event === 'A08') building.findings.push(finding('normalize.event-outside-profile', 'MSH-9-2', event));
  if (!identityEvents.has(event)) need(building, ledger, 'PV1');
  const visit = addPatientVisit(building, ledger, event, sent);
  check(building, ledger, event);
  const retired = merge(building, ledger, event, visit);
  addMeasures(building, ledger, visit);
  return [visit.encounter === '' ? visit.subject : visit.encounter, ...retired, ...visit.consents];
}
