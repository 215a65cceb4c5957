import type { Connector, ConnectorPorts } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { noAnswer } from './answers.ts';
import { check } from './check.ts';
import type { DmpConfig } from './config.ts';
import { openDigests } from './digests.ts';
import { CannotSign, NoAnswer, openExchange } from './exchange.ts';
import { errorCode } from '../../src/net/connection-error.ts';
import { SettingFault } from '../../src/net/setting-fault.ts';
import { resolve } from './resolve.ts';
import { asLookedUp, lookup, send } from './send.ts';
import { openSigner, type Signer } from './signer.ts';

/** What an exchange that failed comes to. A defect of ours is the engine's to tell: it is thrown again. */
function failed(error: unknown): Receipt {
  if (error instanceof NoAnswer) return noAnswer(error.cause);
  if (!(error instanceof CannotSign)) throw error;
  if (error.cause instanceof SettingFault) return { kind: 'refused', fault: error.cause.code, args: error.cause.args, raw: error.cause.code };
  const code = errorCode(error.cause);
  return { kind: 'refused', fault: 'dmp.signature', args: [code], raw: code };
}
/** Nothing of a delivery leaves with a question: no doubt comes of one without an answer. */
const unasked = (receipt: Receipt): Receipt =>
  (receipt.kind === 'unknown' || (receipt.kind === 'busy' && receipt.fault === 'dmp.no-answer') ? { ...receipt, kind: 'busy', fault: 'dmp.question-unanswered' } : receipt);

/** The connector over a signer: the one of the settings, or an HSM's. */
export function open(config: DmpConfig, { clock, ids }: ConnectorPorts, signer: Signer = openSigner(config.signature, config.destination)): Connector {
  const exchange = openExchange(config, signer, { clock, ids });
  const digests = openDigests();
  const sender = { config, exchange, signer, digests };
  return {
    check: () => check(config, exchange, signer, clock),
    resolve: async (work, signal, earlier, attempt = 1) => {
      try {
        const resolved = await resolve(work, signal, { earlier, attempt }, { config, exchange, clock, ids });
        return 'receipt' in resolved ? { receipt: unasked(resolved.receipt) } : resolved;
      } catch (error) { return { receipt: unasked(failed(error)) }; }
    },
    send: async (sending, signal) => {
      try { return await send(sending, signal, sender); } catch (error) { return failed(error); }
    },
    lookup: async (sending, signal) => {
      try { return await lookup(sending, signal, sender); } catch (error) { return asLookedUp(failed(error)); }
    },
    close: async () => { await Promise.all([exchange.close(), digests.close()]); },
  };
}
