import { submissionSetOf } from '../../src/formats/xds/submission-set.ts';
import { submissionOf, type Submission } from '../../src/formats/xds/submission.ts';
import type { MailContent, MailDocument } from './content.ts';

/** An identity that is not qualified carries no INS: the establishment's own number names the patient (invariant 9). */
const withoutIns = (document: MailDocument): MailDocument['entry'] => {
  const { entry } = document;
  const own = entry.sourcePatientId.endsWith('^PI') ? entry.sourcePatientId : '';
  return { ...entry, patientId: own, sourcePatientId: own };
};

/** Extra metadata of the volet: what the reader is to do with the document (exemples, « action » = C or D). */
const actions = { submit: {}, replace: { action: ['C'] }, delete: { action: ['D'] } } as const;

/** The submission of METADATA.XML: one document entry a CDA, the association RPLC of a replacement (dmp.md §2). */
export function mailSubmission(content: MailContent, { qualified, uniqueId, sourceId }: { readonly qualified: boolean; readonly uniqueId: string; readonly sourceId: string }): Submission {
  const { sender, patientClass, receivedAt } = content;
  const documents = content.documents.map((document, i) => ({ id: `Document${String(i + 1).padStart(2, '0')}`, entry: qualified ? document.entry : withoutIns(document), slots: actions[content.action] }));
  return submissionOf({
    submissionSet: submissionSetOf({ uniqueId, sourceId, at: receivedAt, sender, entry: documents[0]?.entry ?? { patientId: '', title: '', authors: [] }, patientClass }),
    documents,
    replaces: content.action !== 'replace' ? [] : documents.filter(({ entry }) => entry.replaces !== '').map(({ id, entry }) => ({ id, target: `urn:oid:${entry.replaces}` })),
  });
}
