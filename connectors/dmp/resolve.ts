import type { Answers, Resolved, Work } from '../../src/deliver/connector.ts';
import type { Clock, Ids } from '../../src/domain/clock.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { submissionSetOf } from '../../src/formats/xds/submission-set.ts';
import { utcDigits } from '../../src/formats/xds/utc.ts';
import { actorOf, authored, covers, structureOf } from './actor.ts';
import { judgeFault, judgeStatus } from './answers.ts';
import type { DmpConfig } from './config.ts';
import type { DmpAnswers, DmpContent, Target } from './content.ts';
import type { Exchange } from './exchange.ts';
import { existenceAction, existenceRequest, readExistence } from './existence.ts';
import { hider } from './hide.ts';
import { oidOf } from './oid.ts';
import { targetOf, type Asking } from './registry.ts';
import { unwritable } from './unwritable.ts';

/** What came of the asking before, and which attempt this one is for (1 for the first). */
export interface Asked { readonly earlier: Answers | null; readonly attempt: number }
export interface Resolving { readonly config: DmpConfig; readonly exchange: Exchange; readonly clock: Clock; readonly ids: Ids }

const refused = (fault: 'dmp.target-absent' | 'dmp.too-large' | 'dmp.not-xml-text', ...args: string[]): Receipt => ({ kind: 'refused', fault, args });

/** What the gateway itself refuses or holds, before anyone is called. */
function stopped({ entries, sender, action }: DmpContent, config: DmpConfig): Receipt | null {
  if (entries.length === 0) return refused('dmp.target-absent');
  const odd = unwritable(sender, 'sender') ?? unwritable(entries, 'entries');
  if (odd !== null) return refused('dmp.not-xml-text', odd);
  const structure = structureOf(sender, config);
  if (!covers(config, structure)) return { kind: 'held', fault: 'dmp.structure', args: [structure] };
  if (action === 'delete') return null;
  const { maxDocumentBytes, maxLotBytes } = config.limits;
  if (entries.some(({ entry }) => entry.size > maxDocumentBytes)) return refused('dmp.too-large', `limits.maxDocumentBytes ${maxDocumentBytes}`);
  if (entries.reduce((sum, { entry }) => sum + entry.size, 0) > maxLotBytes) return refused('dmp.too-large', `limits.maxLotBytes ${maxLotBytes}`);
  return null;
}

/** TD0.2: nothing is sent to a record that is not there, or closed. Null when it is open. */
async function closedRecord({ exchange, actor, judging, signal }: Asking, { config, clock, ids }: Resolving): Promise<Receipt | null> {
  const answer = await exchange.call({ service: 'patients', action: existenceAction, actor, xml: existenceRequest(actor.patientId, utcDigits(clock()), config, ids), parts: [] }, signal);
  const fault = answer.message?.fault ?? null;
  if (answer.message === null || fault !== null) {
    const verdict = fault === null ? judgeStatus(answer.status, answer.why, answer.retryAfterMs, judging) : judgeFault(fault, answer.status, answer.retryAfterMs, judging);
    return verdict.kind === 'receipt' ? verdict.receipt : { kind: 'busy', fault: 'dmp.not-understood' };
  }
  const told = readExistence(answer.root);
  if (told === null) return { kind: 'busy', fault: 'dmp.not-understood', raw: 'TD0.2' };
  if (told === 'open') return null;
  if (told === 'unknown-status') return { kind: 'held', fault: 'dmp.unknown-code', args: ['TD0.2 statusCode'] };
  const remote = told === 'closed' ? { code: 'DMPClosed', label: 'DMP fermé', english: 'DMP closed' } : { code: 'DMP_NOT_EXISTS', label: 'DMP inexistant', english: 'No DMP' };
  return { kind: 'refused', fault: 'dmp.patient', args: [remote.code], raw: `TD0.2 ${told}`, remote };
}

/** None of them stands. What stood when it was asked before, or is shown as deleted, was there. */
function withoutTarget(action: DmpContent['action'], states: readonly ('absent' | 'gone' | 'changed')[]): Receipt {
  if (states.includes('changed')) return { kind: 'held', fault: 'dmp.target-changed', args: ['Deprecated'] };
  if (action === 'delete') return states.every((one) => one === 'gone') ? { kind: 'delivered', duplicate: true } : refused('dmp.target-absent');
  return states.includes('gone') ? { kind: 'held', fault: 'dmp.target-changed', args: ['Deleted'] } : refused('dmp.target-absent');
}

/** The versions that the lot replaces or deletes, as the record has them now. A deletion passes over what is not there while another stands. */
async function targetsOf(asking: Asking, { action, entries }: DmpContent, earlier: DmpAnswers | null): Promise<{ readonly targets: Readonly<Record<string, Target>> } | { readonly receipt: Receipt }> {
  const wanted = new Set(action === 'submit' ? [] : entries.map(({ entry }) => (action === 'delete' ? entry.uniqueId : entry.replaces)).filter((id) => id !== ''));
  if (action !== 'submit' && wanted.size === 0) return { receipt: refused('dmp.target-absent') };
  const targets: Record<string, Target> = {};
  const none: ('absent' | 'gone' | 'changed')[] = [];
  for (const uniqueId of wanted) {
    const found = await targetOf(asking, uniqueId, earlier !== null);
    if ('receipt' in found) return found;
    if ('target' in found) targets[uniqueId] = found.target;
    else none.push(found.none === 'absent' && earlier?.targets[uniqueId] !== undefined ? 'gone' : found.none);
  }
  const passedOver = action === 'delete' && Object.keys(targets).length > 0 && !none.includes('changed');
  return none.length === 0 || passedOver ? { targets } : { receipt: withoutTarget(action, none) };
}

/**
 * What is asked just before each sending: the record's state, when the settings say so, and the versions to replace or delete.
 * Ids and time of the lot are made once, here, and kept with the answers.
 */
export async function resolve(work: Work, signal: AbortSignal, { earlier, attempt }: Asked, resolving: Resolving): Promise<Resolved> {
  const { config, exchange, clock, ids } = resolving;
  const content = work.content as unknown as DmpContent;
  const stop = stopped(content, config);
  if (stop !== null) return { receipt: stop };
  const known = earlier as DmpAnswers | null;
  const lot = known?.lot ?? { uniqueId: oidOf(ids()), signatureId: oidOf(ids()), at: clock() };
  const entries = content.entries.map(({ entry }) => entry);
  const [first] = entries;
  if (first === undefined) return { receipt: refused('dmp.target-absent') };
  const set = submissionSetOf({ uniqueId: lot.uniqueId, sourceId: config.sourceId, at: lot.at, sender: content.sender, entry: first, patientClass: content.patientClass });
  const actor = actorOf(content.sender, set, lot.at, content.secretConnection, config);
  if (!authored(actor, set, entries)) return { receipt: { kind: 'held', fault: 'dmp.author-structure', args: [actor.structure] } };
  const asking: Asking = { exchange, actor, judging: { config, attempt, hide: hider(entries) }, signal };
  if (config.existence === 'before-sending') {
    const closed = await closedRecord(asking, resolving);
    if (closed !== null) return { receipt: closed };
  }
  const found = await targetsOf(asking, content, known);
  if ('receipt' in found) return found;
  return { answers: { lot, targets: found.targets } satisfies DmpAnswers };
}
