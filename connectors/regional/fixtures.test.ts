import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import { bytesOf, cases, settings as normalizing } from '../../test/normalize/fixture.ts';
import { region, settings } from '../../test/samples/regional.ts';
import type { Work } from '../../src/deliver/connector.ts';
import { understand, type Understood } from '../../src/pipeline.ts';
import type { RegionalContent } from './content.ts';
import { regional } from './definition.ts';
import { startRegionalSimulator, type RegionalSimulator } from './simulator.ts';

const has = (bundle: Bundle, type: string): boolean => bundle.entry?.some((one) => one.resource?.resourceType === type) === true;

function contentOf({ reading, normalized, order }: Understood): RegionalContent {
  const { type } = reading.identified;
  const kind = Object.keys(normalized.binaries).length > 0 ? 'document' : has(normalized.bundle, 'Observation') ? 'results' : 'patient';
  const event = type === 'ADT^A01' ? 'ADM' : type === 'ADT^A03' ? 'SOR' : kind === 'document' ? 'DOC' : null;
  return { kind, event, binaries: normalized.binaries, action: order?.action ?? 'submit' };
}

describe('what normalize makes of the fixtures, at a strict region', () => {
  let simulator: RegionalSimulator;
  beforeAll(async () => { simulator = await startRegionalSimulator(); });
  afterAll(async () => { await simulator.close(); });

  it.each(cases)('%s breaks no rule, sent twice is there once, and is found', async (name) => {
    simulator.reset();
    const understood = understand({ bytes: bytesOf(name), source: { ...normalizing.source, unknownConsent: 'follow' }, trace: normalizing.trace, receivedAt: normalizing.receivedAt });
    const { normalized, reading } = understood;
    const config = settings(simulator.url);
    const work: Work = {
      trace: normalizing.trace, destination: 'region', action: 'submit', bundle: normalized.bundle, content: { ...contentOf(understood) },
      documents: new Map(reading.documents.map(({ name: document, size, sha1 }) => [document, { size, sha1 }])),
      gate: { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: normalized.identity?.qualified ?? false, dmpConsentOf: null, test: true, after: [] },
    };
    const { envelope } = regional.prepare(work, config, null);
    const bytes = new Map(reading.documents.map((one) => [one.name, one.bytes]));
    const body = (step: number): Promise<Uint8Array> => Promise.resolve(Buffer.concat((envelope.steps[step]?.body ?? []).map((part) =>
      (part instanceof Uint8Array ? part : Buffer.from(Buffer.from(bytes.get(part.document) ?? []).toString('base64'))))));
    const sending = { key: 'trace/1', attempt: 1, possibleDuplicate: false, envelope, body };
    const connector = region(config);
    try {
      const first = await connector.send(sending, AbortSignal.timeout(5000));
      const broken = simulator.report().rules.filter((one) => one.broken > 0).map(({ name: rule, last }) => `${rule}: ${last}`);
      expect([broken, first]).toEqual([[], expect.objectContaining({ kind: 'delivered' })]);
      const { stored } = simulator.report();
      // Each value of the message is there, one by one, whatever else it carries.
      expect(stored.Observation ?? 0).toBe(normalized.bundle.entry?.filter((one) => one.resource?.resourceType === 'Observation').length);
      expect(await connector.send(sending, AbortSignal.timeout(5000))).toMatchObject({ kind: 'delivered', duplicate: true });
      expect(simulator.report()).toMatchObject({ stored, duplicates: [] });
      expect(await connector.lookup(sending, AbortSignal.timeout(5000))).toBe('found');
    } finally { await connector.close(); }
  });
});
