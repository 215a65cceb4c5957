import type { Sending } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import type { DmpConfig } from './config.ts';
import type { DmpAnswers, Frozen, Target } from './content.ts';
import type { Digests } from './digests.ts';
import { open } from './envelope.ts';
import { CannotSign, type Call, type Exchange } from './exchange.ts';
import { hider } from './hide.ts';
import { deleteRequest, provideAndRegister } from './lot.ts';
import { isThere, judge, type Asking } from './registry.ts';
import type { Signer } from './signer.ts';

export interface Sender { readonly config: DmpConfig; readonly exchange: Exchange; readonly signer: Signer; readonly digests: Digests }

interface Opened { readonly frozen: Frozen; readonly bytes: readonly Uint8Array[]; readonly asking: Asking }

async function opened(sending: Sending, signal: AbortSignal, { config, exchange }: Sender): Promise<Opened> {
  const [step] = sending.envelope.steps;
  const { frozen, bytes } = open(await sending.body(0), step?.meta ?? {});
  return { frozen, bytes, asking: { exchange, actor: frozen.actor, signal, judging: { config, attempt: sending.attempt, hide: hider(frozen.documents.map(({ entry }) => entry)) } } };
}

/** The request of a lot; null when one of its documents cannot be signed. */
async function callOf({ frozen, bytes }: Opened, targets: Readonly<Record<string, Target>>, { config, signer, digests }: Sender): Promise<Call | null> {
  const { actor } = frozen;
  if (frozen.action === 'delete') return { service: 'registry', action: 'urn:ihe:iti:2010:UpdateDocumentSet', actor, xml: deleteRequest(frozen, Object.values(targets)), parts: [] };
  try {
    const body = await provideAndRegister(frozen, bytes, targets, { signer, digests, algorithm: config.lot.algorithm });
    return body === null ? null : { service: 'repository', action: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b', actor, ...body };
  } catch (cause) { throw new CannotSign('the lot could not be signed', { cause }); }
}

/** One sending of a lot: ITI-41, or ITI-57 for a deletion. What the DMP may have already is asked for by its ids. */
export async function send(sending: Sending, signal: AbortSignal, sender: Sender): Promise<Receipt> {
  const lot = await opened(sending, signal, sender);
  const { targets } = sending.answers as unknown as DmpAnswers;
  const call = await callOf(lot, targets, sender);
  if (call === null) return { kind: 'refused', fault: 'dmp.not-xml', args: [] };
  const verdict = judge(await sender.exchange.call(call, signal), lot.asking.judging);
  switch (verdict.kind) {
    case 'receipt': return verdict.receipt;
    case 'success': {
      const { uniqueId: remoteId } = lot.frozen.submissionSet;
      return { kind: 'delivered', remoteId, ...(verdict.raw === null ? {} : { warnings: ['dmp.warning'], raw: verdict.raw }) };
    }
    case 'check': {
      const there = await isThere(lot.asking, lot.frozen);
      if (there === 'found') return { kind: 'delivered', remoteId: lot.frozen.submissionSet.uniqueId, duplicate: true };
      return there === 'unknown' ? { kind: 'unknown', fault: 'dmp.no-answer' } : verdict.otherwise;
    }
  }
}

/** Did an earlier sending of this lot arrive? */
export async function lookup(sending: Sending, signal: AbortSignal, sender: Sender): Promise<'found' | 'absent' | 'unknown'> {
  const { asking, frozen } = await opened(sending, signal, sender);
  return isThere(asking, frozen);
}
