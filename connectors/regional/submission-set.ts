import type { DocumentReference, Encounter, List, Resource } from '@medplum/fhirtypes';
import { uuid5 } from '../../src/emit/uuid.ts';
import type { Index } from './content.ts';
import { uriSystem, type Token } from './transaction.ts';

const pdsm = 'https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition';
const mhd = 'https://profiles.ihe.net/ITI/MHD';

/** contentTypeCode by patient class (volet CDA, PV1-2: I→03, O→07, R→19, N→97, E→07), here by Encounter.class. */
const activities: Readonly<Record<string, string>> = { IMP: '03', ACUTE: '03', NONAC: '03', AMB: '07', EMER: '07', PRENC: '07' };
const activitySystem = 'https://mos.esante.gouv.fr/NOS/TRE_R209-TypeActivite/FHIR/TRE-R209-TypeActivite';

/** Not for everybody who may see the patient's documents: more than Confidentiality N is said of it. */
export const isLabelled = ({ securityLabel = [] }: DocumentReference): boolean => securityLabel.flatMap(({ coding = [] }) => coding).some(({ code }) => code !== 'N');

/** Who submits: the first document's author when he or she is contained with a role or is a device, else the gateway. */
function sourceOf(documents: readonly DocumentReference[]): { contained: Resource[]; source: string; organization: string | null } {
  const [first] = documents;
  const all = first?.contained ?? [];
  const id = first?.author?.[0]?.reference?.slice(1);
  const author = all.find((one) => one.id === id);
  if (author?.resourceType === 'Device') return { contained: [author], source: `#${author.id ?? ''}`, organization: null };
  if (author?.resourceType === 'PractitionerRole' && author.id !== undefined) {
    const linked = [author.practitioner?.reference, (author).organization?.reference].map((one) => one?.slice(1));
    return { contained: [author, ...all.filter((one) => linked.includes(one.id))], source: `#${author.id}`, organization: author.organization?.reference ?? null };
  }
  return { contained: [{ resourceType: 'Device', id: 'passerelle', deviceName: [{ name: 'Passerelle', type: 'user-friendly-name' }] }], source: '#passerelle', organization: null };
}

/** The submission set of a transaction (pdsm-submissionset-comprehensive): what is submitted, by whom, when. */
export function submissionSet(trace: string, index: Index, documents: readonly DocumentReference[], fullUrls: readonly string[], subject: string): { fullUrl: string; resource: List; token: Token } {
  const uniqueId = `urn:uuid:${uuid5(`${trace}|submission-set`)}`;
  const fullUrl = `urn:uuid:${uuid5(`${trace}|submission-set-entry`)}`;
  const { contained, source, organization } = sourceOf(documents);
  const encounter = [...index.values()].find((one): one is Encounter => one.resourceType === 'Encounter');
  const [first] = documents;
  // The set has no label of its own: what a labelled document is about does not stand in it.
  const [named] = documents.some(isLabelled) ? [] : documents;
  const resource: List = {
    resourceType: 'List', meta: { profile: [`${pdsm}/pdsm-submissionset-comprehensive`] }, contained,
    extension: [
      { url: `${mhd}/StructureDefinition/ihe-designationType`, valueCodeableConcept: { coding: [{ system: activitySystem, code: activities[encounter?.class.code ?? ''] ?? '97' }] } },
      { url: `${mhd}/StructureDefinition/ihe-sourceId`, valueIdentifier: { system: uriSystem, value: `urn:uuid:${uuid5('passerelle')}` } },
    ],
    identifier: [{ use: 'usual', system: uriSystem, value: uniqueId }, { use: 'official', system: uriSystem, value: fullUrl }],
    status: 'current', mode: 'working', title: named?.description ?? named?.type?.text ?? 'Lot de soumission',
    code: { coding: [{ system: `${mhd}/CodeSystem/MHDlistTypes`, code: 'submissionset', display: 'Submission Set' }] },
    subject: { reference: subject }, ...(first?.date === undefined ? {} : { date: first.date }),
    source: { ...(organization === null ? {} : { extension: [{ url: `${mhd}/StructureDefinition/ihe-authorOrg`, valueReference: { reference: organization } }] }), reference: source },
    entry: fullUrls.map((one) => ({ item: { reference: one } })),
  };
  return { fullUrl, resource, token: { system: uriSystem, value: uniqueId } };
}
