import type { ConnectorDefinition, Connector, Sending } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { noAnswer } from './answers.ts';
import { regionalConfig, type RegionalConfig } from './config.ts';
import { prepare } from './envelope.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { stepIsThere } from './lookup.ts';

/** Step after step: an event is declared only once its document is stored. Every interaction is conditional, so all can be sent again. */
async function send(exchange: Exchange, { envelope, body }: Sending, signal: AbortSignal): Promise<Receipt> {
  if (envelope.steps.length === 0) return { kind: 'refused', fault: 'regional.nothing-to-send', args: [] };
  let first: Receipt | null = null;
  let duplicate = true;
  for (const [i, step] of envelope.steps.entries()) {
    const receipt = await exchange.post(step, await body(i), signal);
    if (receipt.kind !== 'delivered') return receipt;
    first ??= receipt;
    duplicate &&= receipt.duplicate === true;
  }
  return { kind: 'delivered', ...(first?.kind === 'delivered' && first.remoteId !== undefined ? { remoteId: first.remoteId } : {}), ...(duplicate ? { duplicate } : {}) };
}

/** `found` when every step is there; `absent` also when only the first ones are: sending all again duplicates nothing. */
async function lookup(exchange: Exchange, { envelope, body }: Sending, signal: AbortSignal): Promise<'found' | 'absent' | 'unknown'> {
  for (const [i, step] of envelope.steps.entries()) {
    const there = await stepIsThere(exchange, step, await body(i), signal);
    if (there === null) return 'unknown';
    if (!there) return 'absent';
  }
  return envelope.steps.length === 0 ? 'absent' : 'found';
}

function open(exchange: Exchange): Connector {
  return {
    check: async () => {
      try { return { ok: true, text: await exchange.capabilities(AbortSignal.timeout(10_000)) }; } catch (error) {
        const receipt = noAnswer(error);
        return { ok: false, text: 'raw' in receipt && receipt.raw !== undefined ? receipt.raw : 'no answer' };
      }
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

/** The regional coordination platforms: FHIR R4 transactions, PDSm documents, NdE events (README.md). */
export const regional: ConnectorDefinition<RegionalConfig> = {
  name: 'regional',
  config: regionalConfig,
  capabilities: { lookup: true, resolve: false },
  prepare: (work, config) => prepare(work, config),
  open: (config, { clock }) => open(openExchange(config, clock)),
};
