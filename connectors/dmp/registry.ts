import type { Receipt } from '../../src/domain/delivery.ts';
import { getDocumentsByUniqueId, type ReturnType } from '../../src/formats/xds/ebrim/query.ts';
import { readRegistryAnswer } from '../../src/formats/xds/ebrim/read-answer.ts';
import { statuses } from '../../src/formats/xds/ebrim/schemes.ts';
import { judgeFault, judgeRegistry, judgeStatus, type Judging, type Verdict } from './answers.ts';
import type { Actor, Frozen, Target } from './content.ts';
import type { Answer, Exchange } from './exchange.ts';

/** What any answer that should hold a RegistryResponse means. */
export function judge({ status, retryAfterMs, message, root, why }: Answer, judging: Judging): Verdict {
  if (message === null) return judgeStatus(status, why, retryAfterMs);
  return message.fault === null ? judgeRegistry(readRegistryAnswer(root), judging) : judgeFault(message.fault, status, judging);
}

export interface Asking { readonly exchange: Exchange; readonly actor: Actor; readonly judging: Judging; readonly signal: AbortSignal }

/** TD3.1b: what the record has under these uniqueIds. */
export async function documentsOf({ exchange, actor, judging, signal }: Asking, uniqueIds: readonly string[], returnType: ReturnType): Promise<Verdict> {
  return judge(await exchange.call({ service: 'registry', action: 'urn:ihe:iti:2007:RegistryStoredQuery', actor, xml: getDocumentsByUniqueId(uniqueIds, returnType), parts: [] }, signal), judging);
}

const current: ReadonlySet<string> = new Set([statuses.approved, statuses.archived]);

/**
 * The present version of a document: one reference is it; several are versions of its metadata, and its whole entries tell
 * which stands (dmp.md §9). Null when there is none.
 * @param detailed the whole entries are asked for at once: its status may have changed
 */
export async function targetOf(asking: Asking, uniqueId: string, detailed: boolean): Promise<{ readonly target: Target | null } | { readonly receipt: Receipt }> {
  if (!detailed) {
    const verdict = await documentsOf(asking, [uniqueId], 'ObjectRef');
    if (verdict.kind !== 'success') return { receipt: verdict.kind === 'check' ? verdict.otherwise : verdict.receipt };
    const [only, ...others] = verdict.answer.objectRefs;
    if (only === undefined) return { target: null };
    if (others.length === 0) return { target: { entryUuid: only, status: statuses.approved } };
  }
  const verdict = await documentsOf(asking, [uniqueId], 'LeafClass');
  if (verdict.kind !== 'success') return { receipt: verdict.kind === 'check' ? verdict.otherwise : verdict.receipt };
  const standing = verdict.answer.documents.filter(({ registered }) => current.has(registered.availabilityStatus)).sort((a, b) => Number(b.registered.version) - Number(a.registered.version));
  const [latest] = standing;
  return { target: latest === undefined ? null : { entryUuid: latest.registered.entryUuid, status: latest.registered.availabilityStatus } };
}

/**
 * Is the whole lot in the record: every document by its uniqueId, hash and size? For a deletion: is no version of them left?
 * `absent` also when another content stands under the id: sending says so, and changes nothing.
 */
export async function isThere(asking: Asking, { action, documents }: Frozen): Promise<'found' | 'absent' | 'unknown'> {
  const ids = documents.map(({ entry }) => entry.uniqueId);
  const references = await documentsOf(asking, ids, 'ObjectRef');
  if (references.kind !== 'success') return 'unknown';
  if (references.answer.objectRefs.length === 0) return action === 'delete' ? 'found' : 'absent';
  const entries = await documentsOf(asking, ids, 'LeafClass');
  if (entries.kind !== 'success') return 'unknown';
  const registered = entries.answer.documents;
  if (action === 'delete') return registered.some((one) => current.has(one.registered.availabilityStatus)) ? 'absent' : 'found';
  const same = (wanted: Frozen['documents'][number]['entry']): boolean => registered.some(({ entry }) => entry.uniqueId === wanted.uniqueId
    && (entry.hash === '' || entry.hash.toLowerCase() === wanted.hash.toLowerCase()) && (entry.size === 0 || entry.size === wanted.size));
  return documents.every(({ entry }) => same(entry)) ? 'found' : 'absent';
}
