import { expect } from '@jest/globals';
import { connectorContract, type ConnectorHarness } from '../../test/contract/connector.ts';
import { documentBundle, resultsBundle, stayBundle } from '../../test/samples/bundles.ts';
import { region, sendingTo, settings } from '../../test/samples/regional.ts';
import { startRegionalSimulator } from './simulator.ts';

const kinds = {
  results: { type: 'DiagnosticReport', identifier: (n: number) => `F${String(n)}`, bundle: resultsBundle, event: null },
  document: { type: 'DocumentReference', identifier: (n: number) => `urn:oid:1.2.250.1.999.7.${String(n)}`, bundle: documentBundle, event: 'DOC' },
  patient: { type: 'CommunicationRequest', identifier: (n: number) => `IPP${String(n)}`, bundle: stayBundle, event: 'ADM' },
} as const;

const open = (kind: keyof typeof kinds) => async (): Promise<ConnectorHarness> => {
  const { type, identifier, bundle, event } = kinds[kind];
  const simulator = await startRegionalSimulator();
  const connector = region(settings(simulator.url));
  const unreachable = region(settings('http://127.0.0.1:9'));
  return {
    connector, unreachable, sending: (n) => sendingTo(settings(simulator.url), { kind, event, action: 'submit' }, bundle(n), n),
    partner: {
      fail: (trouble) => {
        if (trouble === 'refuse') simulator.fail({ mode: 'status', times: 1, status: 500, issue: 'business-rule' });
        else if (trouble === 'busy') simulator.fail({ mode: 'status', times: 1, status: 503, retryAfter: 2 });
        else simulator.fail({ mode: trouble, times: 1 });
      },
      stored: (n) => simulator.resources(type).filter((one) => JSON.stringify(one).includes(`"value":"${identifier(n)}"`)).length,
      arrivals: () => simulator.report().arrivals,
    },
    close: async () => {
      const report = simulator.report();
      await Promise.all([connector.close(), unreachable.close(), simulator.close()]);
      expect(report.rules.filter((one) => one.broken > 0)).toEqual([]);
      expect(report.duplicates).toEqual([]);
    },
  };
};

connectorContract('regional, results', open('results'), { lookup: true, deduplicates: true });
connectorContract('regional, document then event', open('document'), { lookup: true, deduplicates: true });
connectorContract('regional, patient then event', open('patient'), { lookup: true, deduplicates: true });
