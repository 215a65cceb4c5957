import type { Connector, ConnectorDefinition, Sending } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';

interface DoubleConfig { readonly url: string }

const call = async (config: DoubleConfig, sending: Sending, method: string, signal: AbortSignal): Promise<number> => {
  const body = method === 'POST' ? Buffer.from(await sending.body(0)) : undefined;
  const response = await fetch(`${config.url}/?key=${encodeURIComponent(sending.key)}`, { method, signal, ...(body === undefined ? {} : { body }) });
  await response.arrayBuffer();
  return response.status;
};

function open(config: DoubleConfig): Connector {
  return {
    check: () => Promise.resolve({ ok: true, text: 'double' }),
    resolve: () => Promise.resolve({ answers: {} }),
    send: async (sending, signal): Promise<Receipt> => {
      try {
        return await call(config, sending, 'POST', signal) === 200 ? { kind: 'delivered' } : { kind: 'busy', fault: 'regional.busy' };
      } catch { return { kind: 'unknown', fault: 'regional.no-answer' }; }
    },
    lookup: async (sending, signal) => {
      // The control build: what is not asked is taken for not there.
      if (process.env.CONTROL === 'no-lookup') return 'absent';
      try { return await call(config, sending, 'GET', signal) === 200 ? 'found' : 'absent'; } catch { return 'unknown'; }
    },
    close: () => Promise.resolve(),
  };
}

/** Stands for the DMP connector under the campaign's load: a partner that is not idempotent, but can be asked. record.ts is about the true one. */
export const dmpDouble: ConnectorDefinition<DoubleConfig> = {
  name: 'dmp',
  capabilities: { lookup: true, resolve: true },
  config: (raw) => ({ url: String(raw.url) }),
  prepare: (work) => ({ envelope: { steps: [{ name: 'document', meta: {}, body: [...work.documents.keys()].map((document) => ({ document, encoding: 'raw' as const })) }] }, headers: {} }),
  transport: () => Promise.resolve({ open }),
};
