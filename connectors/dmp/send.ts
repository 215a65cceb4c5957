import type { LookedUp, Sending } from '../../src/deliver/connector.ts';
import { catalogue } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import type { DmpConfig } from './config.ts';
import type { DmpAnswers, Frozen, Target } from './content.ts';
import type { Digests } from './digests.ts';
import { open } from './envelope.ts';
import { CannotSign, type Call, type Exchange } from './exchange.ts';
import { hider } from './hide.ts';
import { deleteRequest, provideAndRegister } from './lot.ts';
import { presence } from './presence.ts';
import { answersLot, judge, type Asking } from './registry.ts';
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
  } catch (cause) {
    if (cause instanceof TypeError) throw cause;
    throw new CannotSign('the lot could not be signed', { cause });
  }
}

/** What the record has decides what an answer that does not say it came to. */
async function delivered(lot: Opened, targets: Readonly<Record<string, Target>>, { otherwise, ...more }: { readonly otherwise: Receipt; readonly duplicate?: true; readonly warnings?: readonly string[]; readonly raw?: string }): Promise<Receipt> {
  const there = await presence(lot.asking, lot.frozen, targets);
  switch (there.kind) {
    case 'found': return { kind: 'delivered', remoteId: lot.frozen.submissionSet.uniqueId, ...more };
    case 'some': return { kind: 'held', fault: 'dmp.half-stored', args: ['TD3.1b'], ...('raw' in otherwise ? { raw: otherwise.raw } : {}) };
    case 'other': return otherwise.kind === 'refused' ? { ...otherwise, fault: 'dmp.non-identical' } : otherwise;
    case 'absent': return otherwise;
    case 'receipt': {
      const told = asLookedUp(there.receipt);
      return typeof told === 'string' ? { kind: 'unknown', fault: 'dmp.no-answer' } : told.receipt;
    }
  }
}

/** One sending of a lot: ITI-41, or ITI-57 for a deletion. What the DMP may have already is asked for by its ids. */
export async function send(sending: Sending, signal: AbortSignal, sender: Sender): Promise<Receipt> {
  const lot = await opened(sending, signal, sender);
  const { targets } = sending.answers as unknown as DmpAnswers;
  const call = await callOf(lot, targets, sender);
  if (call === null) return { kind: 'refused', fault: 'dmp.not-xml', args: [] };
  const verdict = judge(await sender.exchange.call(call, signal), answersLot, lot.asking.judging);
  switch (verdict.kind) {
    case 'receipt': return verdict.receipt;
    case 'success': {
      const { uniqueId: remoteId } = lot.frozen.submissionSet;
      return { kind: 'delivered', remoteId, ...(verdict.raw === null ? {} : { warnings: ['dmp.warning'], raw: verdict.raw }) };
    }
    case 'check': return delivered(lot, targets, { otherwise: verdict.otherwise, duplicate: true });
    case 'partial': {
      const { code, raw } = verdict;
      return delivered(lot, targets, { otherwise: { kind: 'held', fault: 'dmp.half-stored', args: [code], raw }, warnings: ['dmp.warning'], raw });
    }
  }
}

/** What asking came to, as the engine takes it: what may pass is asked again; a refusal of the question is a person's, with the DMP's words. */
export function asLookedUp(receipt: Receipt): LookedUp {
  if (receipt.kind === 'held') return { receipt };
  if (receipt.kind !== 'refused') return 'unknown';
  if (catalogue[receipt.fault].class === 'configuration' || receipt.fault === 'dmp.other-visibility') return { receipt };
  const { remote: _remote, ...told } = receipt;
  return { receipt: { ...told, kind: 'held' } };
}

/** Did an earlier sending of this lot arrive? What stands there under another content is absent: sending says so, and changes nothing. */
export async function lookup(sending: Sending, signal: AbortSignal, sender: Sender): Promise<LookedUp> {
  const { asking, frozen } = await opened(sending, signal, sender);
  const there = await presence(asking, frozen, (sending.answers as unknown as DmpAnswers).targets);
  switch (there.kind) {
    case 'found': return 'found';
    case 'absent': case 'other': return 'absent';
    case 'some': return { receipt: { kind: 'held', fault: 'dmp.half-stored', args: ['TD3.1b'] } };
    case 'receipt': return asLookedUp(there.receipt);
  }
}
