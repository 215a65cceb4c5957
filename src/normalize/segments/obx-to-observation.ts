import type { Observation } from '@medplum/fhirtypes';
import { finding } from '../../domain/finding.ts';
import type { Building } from '../building.ts';
import { xad } from '../datatypes/address.ts';
import { codeOf, concept } from '../datatypes/cwe.ts';
import { ei } from '../datatypes/identifier.ts';
import { referenceRange } from '../datatypes/reference-range.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { organization } from '../datatypes/xon-to-organization.ts';
import type { ObxGroup } from '../messages/groups.ts';
import { push, put } from '../put.ts';
import { interpretationSystem, observationStatuses } from '../tables/result.ts';
import { extensions, v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';
import { annotations } from './nte-to-text.ts';
import { putValue } from './obx-to-value.ts';

/** What an Observation takes from around its OBX. */
export interface Around {
  readonly category: string;
  readonly subject: string;
  readonly encounter: string;
  readonly basedOn: string;
  readonly specimen: string;
  /** The report's own time, for an OBX without one. */
  readonly effective: Pick<Observation, 'effectiveDateTime' | 'effectivePeriod'>;
}

const absent = (code: string): NonNullable<Observation['dataAbsentReason']> => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code }] });

function putStatus(building: Building, observation: Observation, obx: Tracked): void {
  const status = observationStatuses[obx.peek(11)];
  if (status) { observation.status = status; obx.text(11); }
  else building.findings.push(finding('normalize.status-unknown', obx.at(11)));
}

/** No value: deleted by the sender (`""`), not asked (N), or not obtained. */
function putAbsence(observation: Observation, obx: Tracked): void {
  if (obx.isDeleted(5)) observation.dataAbsentReason = absent('unknown');
  else if (obx.peek(11) === 'N') observation.dataAbsentReason = absent('not-asked');
  else if (obx.peek(11) === 'X') observation.dataAbsentReason = absent('error');
  else observation.dataAbsentReason = absent('unknown');
}

/** Responsible observer, and who performed. */
const performers = [16, 25];

function putPerformers(building: Building, observation: Observation, obx: Tracked): void {
  for (const n of performers) for (const url of practitionerUrls(building, obx, n)) push(observation, 'performer', { reference: url });
  const laboratory = obx.part(23), made = laboratory && organization(laboratory);
  if (laboratory && made) {
    const address = obx.part(24), where = address && xad(address, building.settings.source.timeZone);
    if (where) made.address = [where];
    push(observation, 'performer', { reference: building.once(`XON|${JSON.stringify(made)}`, () => building.add(made, laboratory.place)) });
  }
  const producer = concept(obx.part(15), building.facility), coding = producer?.coding?.[0];
  if (producer) push(observation, 'performer', { ...(coding?.code === undefined ? {} : { identifier: { ...(coding.system === undefined ? {} : { system: coding.system }), value: coding.code } }), ...(producer.text ?? coding?.display ? { display: producer.text ?? coding?.display ?? '' } : {}) });
}

function putMeans(building: Building, observation: Observation, obx: Tracked): void {
  put(observation, 'method', concept(obx.part(17), building.facility));
  put(observation, 'bodySite', concept(obx.part(20), building.facility));
  const device = ei(obx.part(18), 'SNO');
  if (device) observation.device = { identifier: device };
  const analysed = obx.time(building.settings.source.timeZone, 19);
  if (analysed !== '') push(observation, 'extension', { url: extensions.analysed, valueDateTime: analysed });
  for (const part of obx.parts(10)) {
    const nature = concept(part, building.facility, v2('0080'));
    if (nature) push(observation, 'extension', { url: extensions.abnormalNature, valueCodeableConcept: nature });
  }
}

/** OBX as an Observation (v2-to-fhir segment-obx-to-observation), its business key put by the caller. */
export function obxToObservation(building: Building, { obx, notes }: ObxGroup, around: Around): Observation {
  const code = codeOf(building, obx, 3);
  const observation: Observation = {
    resourceType: 'Observation', status: 'unknown',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: around.category }] }],
    code, subject: { reference: around.subject },
  };
  putStatus(building, observation, obx);
  if (around.encounter !== '') observation.encounter = { reference: around.encounter };
  if (around.basedOn !== '') observation.basedOn = [{ reference: around.basedOn }];
  if (around.specimen !== '') observation.specimen = { reference: around.specimen };
  const at = obx.time(building.settings.source.timeZone, 14);
  if (at === '') Object.assign(observation, around.effective);
  else observation.effectiveDateTime = at;
  putValue(building, observation, obx, code);
  if (obx.isEmpty(5) || obx.isNull(5)) putAbsence(observation, obx);
  // `U` makes final a preliminary result that is not sent again: at a receiver that keeps resources whole it would lose its value.
  if (obx.isEmpty(5) && obx.peek(11) === 'U') building.findings.push(finding('normalize.value-not-sent-again', obx.at(5)));
  for (const part of obx.parts(8)) {
    const meaning = concept(part, building.facility, interpretationSystem(part.peek(1)));
    if (!meaning) continue;
    // `L^Bas^HL70078` says what `L` does: receivers look for one system.
    for (const one of meaning.coding ?? []) if (one.system === v2('0078')) one.system = interpretationSystem(one.code ?? '');
    push(observation, 'interpretation', meaning);
  }
  const range = obx.text(7);
  if (range !== '') observation.referenceRange = [referenceRange(range, observation.valueQuantity)];
  const sub = obx.part(4)?.all() ?? '';
  if (sub !== '') push(observation, 'extension', { url: extensions.subId, extension: [{ url: 'original-sub-identifier', valueString: sub }] });
  for (const part of obx.parts(21)) { const own = ei(part, 'FILL'); if (own) push(observation, 'identifier', own); }
  putPerformers(building, observation, obx);
  putMeans(building, observation, obx);
  put(observation, 'note', annotations(notes));
  return observation;
}
