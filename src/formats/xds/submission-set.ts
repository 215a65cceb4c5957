import type { DocumentEntry, XdsAuthor } from './document-entry.ts';
import { escaped } from './hl7-texts.ts';
import type { SubmissionSet } from './submission.ts';
import { contentTypeOf } from './tables/content-types.ts';
import { utcDigits } from './utc.ts';

/** Who sends the lot, as a PRT segment says it (PRT-4 SB); the volet's Participant is one. */
export interface LotSender {
  readonly person: { readonly id: string; readonly family: string; readonly given: string; readonly authority: string; readonly type: string } | null;
  readonly organization: { readonly name: string; readonly id: string; readonly type: string; readonly authority: string } | null;
  readonly device: string;
}

const people = '1.2.250.1.71.4.2.1';
const structures = '1.2.250.1.71.4.2.2';

/** PS_IdNat: 0 ADELI, 8 RPPS before the number (PSIdNat; dmp.md §1.5). Already national numbers stay. */
function nationalPerson(id: string, type: string): string {
  if (type === 'RPPS' && /^\d{11}$/u.test(id)) return `8${id}`;
  return type === 'ADELI' && /^[0-9A-Z]{9}$/u.test(id) ? `0${id}` : id;
}
/** Struct_IdNat: 1 FINESS, 2 SIREN, 3 SIRET before the number, and how long the number is. */
const structurePrefixes: ReadonlyMap<string, readonly [string, number]> = new Map([['FINEJ', ['1', 9]], ['FINEG', ['1', 9]], ['FINESS', ['1', 9]], ['SIREN', ['2', 9]], ['SIRET', ['3', 14]]]);
export function nationalStructure(id: string, type: string): string {
  const [prefix, length] = structurePrefixes.get(type) ?? ['', 0];
  return id.length === length ? prefix + id : id;
}

function personText({ person, device }: LotSender): string {
  if (person === null || person.id === '') return device === '' ? '' : `${escaped(device)}^${escaped(device)}^^^^^^^&${people}&ISO^U^^^RI`;
  const id = nationalPerson(person.id, person.type);
  return `${escaped(id)}^${escaped(person.family)}^${escaped(person.given)}^^^^^^&${people}&ISO^D^^^${id.includes('/') ? 'EI' : 'IDNPS'}`;
}
const institutionText = ({ organization }: LotSender): string =>
  (organization === null || organization.id === '' ? '' : `${escaped(organization.name)}^^^^^&${structures}&ISO^IDNST^^^${escaped(nationalStructure(organization.id, organization.type))}`);

export interface SubmissionSetInput {
  readonly uniqueId: string;
  /** OID of this gateway's instance. */
  readonly sourceId: string;
  /** Epoch ms. */
  readonly at: number;
  /** Null for a document that came without a PRT: its own author is the lot's. */
  readonly sender: LotSender | null;
  /** Of the lot's first document. */
  readonly entry: Pick<DocumentEntry, 'patientId' | 'title' | 'authors'>;
  /** PV1-2. */
  readonly patientClass: string;
}

/** The lot's author: who the message says sends it, with the specialty its document gives the same person (dmp.md §1.4, inbound.md §2.6). */
function lotAuthor(sender: LotSender | null, [own]: readonly XdsAuthor[]): XdsAuthor[] {
  const person = sender === null ? '' : personText(sender);
  if (sender === null || person === '') return own === undefined ? [] : [own];
  const institution = institutionText(sender);
  const same = own?.person.split('^')[0] === person.split('^')[0];
  return [{ person, institutions: institution === '' ? own?.institutions ?? [] : [institution], roles: same ? own?.roles ?? [] : [], specialties: same ? own?.specialties ?? [] : [] }];
}

/** The SubmissionSet of a lot (CI-SIS Transmission CDA-R2 HL7 v2 2.1, mapping). Pure: ids and time are given, and the same give the same lot. */
export const submissionSetOf = ({ uniqueId, sourceId, at, sender, entry, patientClass }: SubmissionSetInput): SubmissionSet => ({
  id: 'SubmissionSet01', uniqueId, sourceId, patientId: entry.patientId, submissionTime: utcDigits(at), contentTypeCode: contentTypeOf(patientClass),
  authors: lotAuthor(sender, entry.authors), title: entry.title, comments: '', intendedRecipients: [], slots: {},
});
