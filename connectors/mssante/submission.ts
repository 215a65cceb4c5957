import type { XdsAuthor, XdsCode } from '../../src/formats/xds/document-entry.ts';
import { submissionOf, type Submission } from '../../src/formats/xds/submission.ts';
import type { MailContent, MailDocument, MailSender } from './content.ts';

/** TRE_R209, by PV1-2 (CI-SIS Transmission CDA-R2 HL7 v2 2.1, mapping; dmp.md §1.5). */
const contentTypes: Readonly<Record<string, readonly [string, string]>> = {
  I: ['03', 'Hospitalisation'], O: ['07', 'Consultation'], R: ['19', 'Venues itératives'], N: ['97', 'Non applicable'], E: ['07', 'Consultation'],
};
const contentType = (patientClass: string): XdsCode => {
  const [code, display] = contentTypes[patientClass] ?? ['97', 'Non applicable'];
  return { code, scheme: '1.2.250.1.213.2.2', display };
};

/** HL7 v2 delimiters, as XCN and XON write them inside a value. */
const delimiters: Readonly<Record<string, string>> = { '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' };
const plain = (text: string): string => text.replace(/[\\|^&~]/gu, (one) => delimiters[one] ?? one);
const oid = (authority: string): string => (/^[0-2](?:\.\d+)+$/.test(authority) ? `&${authority}&ISO` : '');

const rpps = '1.2.250.1.71.4.2.1';
const structures = '1.2.250.1.71.4.2.2';

/** XCN and XON of who sent it (PRT-5, PRT-8); null when the message names neither. */
function authorOf(sender: MailSender | null): XdsAuthor | null {
  if (sender === null) return null;
  const { person, organization } = sender;
  const xcn = person === null ? '' : `${plain(person.id)}^${plain(person.family)}^${plain(person.given)}^^^^^^${oid(person.authority)}^D^^^${person.authority === rpps ? 'IDNPS' : 'EI'}`;
  const xon = organization === null ? '' : `${plain(organization.name)}^^^^^${oid(organization.authority)}^${organization.authority === structures ? 'IDNST' : ''}^^^${plain(organization.id)}`;
  if (xcn === '' && xon === '') return null;
  return { person: xcn, institutions: xon === '' ? [] : [xon], roles: [], specialties: [] };
}

/** An identity that is not qualified carries no INS: the establishment's own number names the patient (invariant 9). */
const withoutIns = (document: MailDocument): MailDocument['entry'] => {
  const { entry } = document;
  const own = entry.sourcePatientId.endsWith('^PI') ? entry.sourcePatientId : '';
  return { ...entry, patientId: own, sourcePatientId: own };
};

/** Extra metadata of the volet: what the reader is to do with the document (exemples, « action » = C or D). */
const actions = { submit: {}, replace: { action: ['C'] }, delete: { action: ['D'] } } as const;

/** The submission of METADATA.XML: one document entry a CDA, the association RPLC of a replacement (dmp.md §2). */
export function mailSubmission(content: MailContent, { qualified, uniqueId, sourceId, time }: { readonly qualified: boolean; readonly uniqueId: string; readonly sourceId: string; readonly time: string }): Submission {
  const documents = content.documents.map((document, i) => ({ id: `Document${String(i + 1).padStart(2, '0')}`, entry: qualified ? document.entry : withoutIns(document), slots: actions[content.action] }));
  const [first] = documents;
  const author = authorOf(content.sender);
  return submissionOf({
    submissionSet: {
      id: 'SubmissionSet01', uniqueId, sourceId, patientId: first?.entry.patientId ?? '', submissionTime: time, contentTypeCode: contentType(content.patientClass),
      authors: author === null ? (first?.entry.authors.slice(0, 1) ?? []) : [author], title: first?.entry.title ?? '', comments: '', intendedRecipients: [], slots: {},
    },
    documents,
    replaces: content.action !== 'replace' ? [] : documents.filter(({ entry }) => entry.replaces !== '').map(({ id, entry }) => ({ id, target: `urn:oid:${entry.replaces}` })),
  });
}
