import type { Connector, ConnectorDefinition, ConnectorPorts } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { noAnswer } from './answers.ts';
import { check } from './check.ts';
import { dmpConfig, type DmpConfig } from './config.ts';
import type { DmpAnswers } from './content.ts';
import { openDigests } from './digests.ts';
import { prepare } from './envelope.ts';
import { CannotSign, openExchange } from './exchange.ts';
import { errorCode } from '../../src/net/connection-error.ts';
import { resolve } from './resolve.ts';
import { lookup, send } from './send.ts';
import { openSigner, type Signer } from './signer.ts';

const failed = (error: unknown): Receipt => {
  if (!(error instanceof CannotSign)) return noAnswer(error);
  const code = errorCode(error.cause);
  return { kind: 'refused', fault: 'dmp.signature', args: [code], raw: code };
};

/** The connector over a signer: the one of the settings, or an HSM's. */
export function openDmp(config: DmpConfig, { clock, ids }: Pick<ConnectorPorts, 'clock' | 'ids'>, signer: Signer = openSigner(config.signature, config.destination)): Connector {
  const exchange = openExchange(config, signer, { clock, ids });
  const digests = openDigests();
  const sender = { config, exchange, signer, digests };
  return {
    check: () => check(config, exchange, signer, clock),
    resolve: async (work, signal, earlier) => {
      try { return await resolve(work, signal, earlier, { config, exchange, clock, ids }); } catch (error) { return { receipt: failed(error) }; }
    },
    send: async (sending, signal) => {
      try { return await send(sending, signal, sender); } catch (error) { return failed(error); }
    },
    lookup: async (sending, signal) => {
      try { return await lookup(sending, signal, sender); } catch { return 'unknown'; }
    },
    close: async () => { await Promise.all([exchange.close(), digests.close()]); },
  };
}

/** The shared record (DMP) by its XDS.b services: README.md. */
export const dmp: ConnectorDefinition<DmpConfig> = {
  name: 'dmp',
  config: dmpConfig,
  capabilities: { lookup: true, resolve: true },
  prepare: (work, config, answers) => prepare(work, config, answers as unknown as DmpAnswers),
  open: (config, ports) => openDmp(config, ports),
};
