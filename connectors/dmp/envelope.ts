import type { Prepared, Work } from '../../src/deliver/connector.ts';
import { submissionSetOf } from '../../src/formats/xds/submission-set.ts';
import type { DocumentEntry } from '../../src/formats/xds/document-entry.ts';
import { actorOf } from './actor.ts';
import type { DmpConfig } from './config.ts';
import type { DmpAnswers, DmpContent, Frozen } from './content.ts';

const symbolic = (index: number): string => `Document${String(index + 1).padStart(2, '0')}`;

/** The hash and size are those of the bytes that leave, whatever the plan said (dmp.md §1.5). */
const exact = (entry: DocumentEntry, kept: { readonly size: number; readonly sha1: string } | undefined): DocumentEntry => (kept === undefined ? entry : { ...entry, hash: kept.sha1, size: kept.size });

/**
 * What is frozen of a lot (design.md §4): one request, whose body is this description, then the documents' own bytes. What a
 * sending makes afresh is its MessageID, its VIHF and, by the same ids and time, the same signature.
 */
export function prepare(work: Work, config: DmpConfig, answers: DmpAnswers): Prepared {
  const content = work.content as unknown as DmpContent;
  const [first] = content.entries;
  if (first === undefined) throw new TypeError('no document in this lot');
  const { uniqueId, signatureId, at } = answers.lot;
  const submissionSet = submissionSetOf({ uniqueId, sourceId: config.sourceId, at, sender: content.sender, entry: first.entry, patientClass: content.patientClass });
  const frozen: Frozen = {
    action: content.action, signatureId, at, submissionSet, actor: actorOf(content.sender, submissionSet, at, content.secretConnection, config),
    documents: content.entries.map(({ name, entry }, i) => ({ id: symbolic(i), entry: exact(entry, work.documents.get(name)) })),
  };
  const description = Buffer.from(JSON.stringify(frozen));
  const parts = content.action === 'delete' ? [] : content.entries.map(({ name }) => ({ document: name, encoding: 'raw' as const }));
  return {
    envelope: { steps: [{ name: content.action === 'delete' ? 'update' : 'provide-and-register', meta: { description: String(description.length) }, body: [description, ...parts] }] },
    headers: {},
  };
}

/** The description and the documents' bytes out of a step's body, nothing copied. */
export function open(body: Uint8Array, meta: Readonly<Record<string, string>>): { readonly frozen: Frozen; readonly bytes: readonly Uint8Array[] } {
  const length = Number(meta.description);
  const frozen = JSON.parse(Buffer.from(body.buffer, body.byteOffset, length).toString('utf8')) as Frozen;
  let from = length;
  const bytes = frozen.action === 'delete' ? [] : frozen.documents.map(({ entry }) => { from += entry.size; return body.subarray(from - entry.size, from); });
  return { frozen, bytes };
}
