import { afterAll, expect } from '@jest/globals';
import { connectorContract, type ConnectorHarness } from '../../test/contract/connector.ts';
import { cdaOf, certificates, sendingTo, settings } from '../../test/samples/mss.ts';
import { open as openMssante } from './connector.ts';
import { startMssSimulator } from './simulator/simulator.ts';

const shown = certificates();
afterAll(() => { shown.remove(); });

const open = (security: 'starttls' | 'implicit') => async (): Promise<ConnectorHarness> => {
  const simulator = await startMssSimulator({ tls: shown.server, nil: 'NIL-TEST-1' });
  const config = settings({ port: simulator.ports[security], security, tls: shown.tls });
  const ports = { clock: () => 1_800_000_000_000, ids: () => '', destination: 'mssante' };
  const connector = openMssante(config, ports);
  const unreachable = openMssante(settings({ port: 1, tls: shown.tls }), ports);
  const sending: ConnectorHarness['sending'] = (n) => sendingTo(config, [cdaOf(n)], n);
  const messageId = (n: number): string => (JSON.parse(Buffer.from(sending(n).envelope.steps[0]?.body[0] as Uint8Array).toString()) as { messageId: string }).messageId;
  return {
    connector, unreachable, sending,
    partner: {
      fail: (trouble) => {
        if (trouble === 'refuse') simulator.fail({ on: 'recipient', mode: 'answer', answer: '550 5.1.1 <279035121518989@patient.mssante.fr> MME DUPONT unknown', times: 1 });
        else if (trouble === 'busy') simulator.fail({ on: 'data', mode: 'answer', answer: '451 4.3.0 later', times: 1 });
        else if (trouble === 'hang') simulator.fail({ on: 'data', mode: 'slow', delayMs: 4000, times: 1 });
        else simulator.fail({ on: 'data', mode: trouble === 'reset-before' ? 'drop' : 'drop-taken', times: 1 });
      },
      stored: (n) => new Set(simulator.received.filter((one) => one.messageId === messageId(n)).map((one) => one.messageId)).size,
      arrivals: () => simulator.report().connections,
    },
    close: async () => {
      const report = simulator.report();
      await Promise.all([connector.close(), unreachable.close(), simulator.close()]);
      expect(report.rules.filter(({ broken, severity }) => broken > 0 && severity === 'error').map(({ id }) => id)).toEqual([]);
    },
  };
};

// A mailbox is no database: a mail sent twice is there twice, under one Message-ID, which is what readers go by.
connectorContract('mssante, STARTTLS', open('starttls'), { lookup: false, deduplicates: false, accepted: 'submitted', saidWithinMs: 2000 });
connectorContract('mssante, implicit TLS', open('implicit'), { lookup: false, deduplicates: false, accepted: 'submitted', saidWithinMs: 2000 });
