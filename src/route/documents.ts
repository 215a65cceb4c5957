import type { Fact } from '../domain/fact.ts';
import { finding, type Finding } from '../domain/finding.ts';
import { learnFromDocument } from '../facts/learn.ts';
import { documentVerdict } from '../facts/series.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { CdaHeader } from '../formats/cda/header.ts';
import type { RouteInput } from './route.ts';

/** XDS uniqueId of a CDA: root, or root^extension (IHE ITI TF-3 §4.2.3.2.26). */
export const uniqueIdOf = (header: CdaHeader): string => (header.id.extension === '' ? header.id.root : `${header.id.root}^${header.id.extension}`);

/** The document it says it replaces, '' when none. */
export const replacedBy = (header: CdaHeader): string => {
  const parent = header.relatedDocuments.find((one) => one.type === 'RPLC')?.id;
  return parent === undefined ? '' : parent.extension === '' ? parent.root : `${parent.root}^${parent.extension}`;
};

export const carriedCda = (documents: readonly ReadDocument[]): readonly (ReadDocument & { header: CdaHeader })[] =>
  documents.filter((one): one is ReadDocument & { header: CdaHeader } => one.header !== null);

/** What the documents' earlier history says of this message, and the facts it teaches if it is accepted. */
export function documentsVerdict({ reading, order, facts }: RouteInput): { findings: Finding[]; facts: Fact[]; repeats: number | null } {
  const action = order?.action ?? 'submit';
  const findings: Finding[] = [];
  const learnt: Fact[] = [];
  const known: number[] = [];
  const documents = carriedCda(reading.documents);
  for (const { header, sha1, place } of documents) {
    const uniqueId = uniqueIdOf(header);
    const { verdict, seq } = documentVerdict(facts, uniqueId, sha1, action);
    switch (verdict) {
      case 'new': learnt.push(learnFromDocument({ uniqueId, sha1, replaces: replacedBy(header) }, action, facts)); break;
      case 'known': findings.push(finding('facts.document-known', place, place)); if (seq !== null) known.push(seq); break;
      case 'reused': findings.push(finding('facts.document-id-reused', place, place)); break;
      case 'deleted': findings.push(finding('facts.document-deleted', place, place)); break;
    }
  }
  // Only when every document is known: a pair of which one half is new must still go as a pair.
  const repeats = documents.length > 0 && known.length === documents.length ? Math.max(...known) : null;
  return { findings, facts: learnt, repeats };
}
