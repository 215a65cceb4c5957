import { expect } from '@jest/globals';
import { connectorContract, type ConnectorHarness } from '../../test/contract/connector.ts';
import { cdaOf, startDmpSample, uniqueIdOf, workOf } from '../../test/samples/dmp.ts';

const open = async (): Promise<ConnectorHarness> => {
  const sample = await startDmpSample();
  const { simulator } = sample;
  return {
    connector: sample.connector, unreachable: sample.connect({ baseUrl: 'https://127.0.0.1:9/services' }),
    sending: (n) => sample.sending(workOf('submit', cdaOf(n)), cdaOf(n), { lot: { uniqueId: `1.2.250.1.999.8.${String(n)}`, signatureId: `1.2.250.1.999.9.${String(n)}`, at: Date.parse('2026-03-02T07:59:00Z') }, targets: {} }),
    partner: {
      fail: (trouble) => {
        switch (trouble) {
          case 'refuse': simulator.scenario({ kind: 'error', code: 'XDSRepositoryMetadataError', context: 'DURAND-TEST 279035121518989' }); break;
          case 'busy': simulator.scenario({ kind: 'busy' }); break;
          case 'hang': simulator.scenario({ kind: 'slow', ms: 3000 }); break;
          case 'reset-before': simulator.scenario({ kind: 'reset-after-body' }); break;
          case 'reset-after': simulator.scenario({ kind: 'answer-lost' }); break;
        }
      },
      stored: (n) => simulator.entries().filter((one) => one.uniqueId === uniqueIdOf(n)).length,
      arrivals: () => simulator.report().arrivals,
    },
    close: async () => {
      const report = simulator.report();
      await sample.close();
      expect(report.duplicates).toEqual([]);
      // A lot sent again after it was stored breaks the rules about what is new; nothing else may be broken.
      const allowed = ['lot-not-yet-here', 'document-not-yet-here'];
      expect(report.rules.filter(({ broken, name }) => broken > 0 && !allowed.includes(name))).toEqual([]);
    },
  };
};

connectorContract('dmp', open, { lookup: true, deduplicates: true });
