import type { Receipt } from '../../src/domain/delivery.ts';
import { getDocumentsByUniqueId, type ReturnType } from '../../src/formats/xds/ebrim/query.ts';
import { readRegistryAnswer, type RegistryAnswer } from '../../src/formats/xds/ebrim/read-answer.ts';
import type { RegisteredDocument } from '../../src/formats/xds/ebrim/read-entry.ts';
import { namespaces, statuses } from '../../src/formats/xds/ebrim/schemes.ts';
import { judgeFault, judgeRegistry, judgeStatus, type Judging, type Verdict } from './answers.ts';
import type { Actor, Target } from './content.ts';
import type { Answer, Exchange } from './exchange.ts';

/** The one element that answers a lot, and the one that answers a question. */
export const answersLot = `{${namespaces.rs}}RegistryResponse`;
const answersQuery = `{${namespaces.query}}AdhocQueryResponse`;

/** What an answer means whose body should be `expected`; any other body answers something else, or nothing. */
export function judge({ status, retryAfterMs, message, root, why }: Answer, expected: string, judging: Judging): Verdict {
  if (message === null) return judgeStatus(status, why, retryAfterMs, judging);
  if (message.fault !== null) return judgeFault(message.fault, status, retryAfterMs, judging);
  return message.body === expected ? judgeRegistry(readRegistryAnswer(root), judging) : judgeStatus(status, 'another body', retryAfterMs, judging);
}

export interface Asking { readonly exchange: Exchange; readonly actor: Actor; readonly judging: Judging; readonly signal: AbortSignal }

/** What a question gave; else why it tells nothing. */
export type Asked = { readonly answer: RegistryAnswer } | { readonly receipt: Receipt };

/** ITI-18 with this body. What is answered in part tells nothing of what is absent. */
export async function ask({ exchange, actor, judging, signal }: Asking, xml: string): Promise<Asked> {
  const verdict = judge(await exchange.call({ service: 'registry', action: 'urn:ihe:iti:2007:RegistryStoredQuery', actor, xml, parts: [] }, signal), answersQuery, judging);
  switch (verdict.kind) {
    case 'success': return { answer: verdict.answer };
    case 'check': return { receipt: verdict.otherwise };
    case 'partial': return { receipt: { kind: 'busy', fault: 'dmp.internal-error', raw: verdict.raw } };
    case 'receipt': return { receipt: verdict.receipt };
  }
}
/** TD3.1b: what the record has under these uniqueIds. */
export const documentsOf = (asking: Asking, uniqueIds: readonly string[], returnType: ReturnType): Promise<Asked> => ask(asking, getDocumentsByUniqueId(uniqueIds, returnType));

export const current: ReadonlySet<string> = new Set([statuses.approved, statuses.archived]);

/** The number and authority of a CX: the DMP may say more after them. */
const numbered = (cx: string): string => { const [number = '', , , authority = ''] = cx.split('^'); return `${number}^${authority.split('&')[1] ?? ''}`; };
export const samePatient = (a: string, b: string): boolean => numbered(a) === numbered(b);

/** The version that stands of a document, else the last one that did; null when the answer has none of it. */
export function versionOf(documents: readonly RegisteredDocument[], uniqueId: string): RegisteredDocument | null {
  const rank = ({ registered }: RegisteredDocument): number => (current.has(registered.availabilityStatus) ? 1 : 0);
  return documents.filter(({ entry }) => entry.uniqueId === uniqueId).sort((a, b) => rank(b) - rank(a) || Number(b.registered.version) - Number(a.registered.version))[0] ?? null;
}

/** `gone`: it is there no more. `changed`: it is there, and no version of it stands. */
export type TargetFound = { readonly target: Target } | { readonly none: 'absent' | 'gone' | 'changed' } | { readonly receipt: Receipt };

/**
 * The present version of a document: one reference is it; several are versions of its metadata, and its whole entries tell
 * which stands (dmp.md §9).
 * @param detailed the whole entries are asked for in any case: its status may have changed
 */
export async function targetOf(asking: Asking, uniqueId: string, detailed: boolean): Promise<TargetFound> {
  const references = await documentsOf(asking, [uniqueId], 'ObjectRef');
  if ('receipt' in references) return references;
  const [only, ...others] = references.answer.objectRefs;
  if (only === undefined) return { none: 'absent' };
  const single: TargetFound | null = others.length === 0 ? { target: { entryUuid: only, status: statuses.approved } } : null;
  if (single !== null && !detailed) return single;
  const entries = await documentsOf(asking, [uniqueId], 'LeafClass');
  if ('receipt' in entries) return entries;
  const version = versionOf(entries.answer.documents, uniqueId);
  // A reference whose entry we may not read is all that is known of it.
  if (version === null) return single ?? { none: 'changed' };
  if (!samePatient(version.entry.patientId, asking.actor.patientId)) return { receipt: { kind: 'held', fault: 'dmp.other-patient', args: [] } };
  const { entryUuid, availabilityStatus: status } = version.registered;
  if (current.has(status)) return { target: { entryUuid, status } };
  return { none: status === statuses.deleted ? 'gone' : 'changed' };
}
