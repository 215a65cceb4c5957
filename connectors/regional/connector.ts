import type { Connector, ConnectorPorts, Sending } from '../../src/deliver/connector.ts';
import type { FaultCode } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { unanswered } from '../../src/net/connection-error.ts';
import { noAnswer } from './answers.ts';
import type { RegionalConfig } from './config.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { stepIsThere } from './lookup.ts';

/** How a platform says that what a condition looks for is not there. */
const notThere: ReadonlySet<string> = new Set(['not-found', '404']);

/** Step after step: an event is declared only once its document is stored. Every interaction is conditional, so all can be sent again. */
async function send(exchange: Exchange, sending: Sending, signal: AbortSignal): Promise<Receipt> {
  const { envelope } = sending;
  if (envelope.steps.length === 0) return { kind: 'refused', fault: 'regional.nothing-to-send', args: [] };
  let remoteId: string | undefined;
  let duplicate = true;
  const warnings: FaultCode[] = [];
  for (const [i, step] of envelope.steps.entries()) {
    const receipt = await exchange.post(step, await sending.body(i), signal);
    if (step.name === 'supersede' && receipt.kind === 'refused' && notThere.has(receipt.args?.[0] ?? '')) {
      warnings.push('regional.nothing-to-supersede');
      continue;
    }
    if (receipt.kind !== 'delivered') return receipt;
    remoteId ??= receipt.remoteId;
    duplicate &&= receipt.duplicate === true;
  }
  return { kind: 'delivered', ...(remoteId === undefined ? {} : { remoteId }), ...(duplicate ? { duplicate } : {}), ...(warnings.length > 0 ? { warnings } : {}) };
}

/** `found` when every step is there; `absent` also when only the first ones are: sending all again duplicates nothing. */
async function lookup(exchange: Exchange, sending: Sending, signal: AbortSignal): Promise<'found' | 'absent' | 'unknown'> {
  const { envelope } = sending;
  for (const [i, step] of envelope.steps.entries()) {
    const there = await stepIsThere(exchange, step, await sending.body(i), signal);
    if (there === null) return 'unknown';
    if (!there) return 'absent';
  }
  return envelope.steps.length === 0 ? 'absent' : 'found';
}

export function open(config: RegionalConfig, { clock }: ConnectorPorts): Connector {
  const exchange = openExchange(config, clock);
  return {
    check: async () => {
      try { return { ok: true, text: await exchange.capabilities(AbortSignal.timeout(10_000)) }; } catch (error) { return unanswered(error); }
    },
    send: async (sending, signal) => {
      try { return await send(exchange, sending, signal); } catch (error) { return noAnswer(error); }
    },
    lookup: async (sending, signal) => {
      try { return await lookup(exchange, sending, signal); } catch { return 'unknown'; }
    },
    close: () => exchange.close(),
  };
}
