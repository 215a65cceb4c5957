import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answers, Connector, ConnectorDefinition, Sending, Work } from '../../src/deliver/connector.ts';
import { catalogue } from '../../src/domain/catalogue.ts';
import type { Envelope, Receipt } from '../../src/domain/delivery.ts';

/** What one arrival meets at the partner. `lost`: it goes away without taking; `unanswered`: it takes, and never answers. */
export type Mood = 'takes' | 'busy' | 'refuses' | 'lost' | 'unanswered' | 'silent';

/** A partner of the connector under test, on the loopback. */
export interface Counterpart<Config> {
  readonly config: Config;
  /** What the next arrival meets. */
  meets(mood: Mood): void;
  /** Arrivals, raw, repeats and refusals included. */
  arrivals(): number;
  /** How often the thing sent was taken for a new one. */
  taken(): number;
  /** Arrivals that said they may be duplicates; null where the protocol cannot say it. */
  flagged(): number | null;
  /** Rules that arrivals broke. */
  broken(): readonly string[];
  /** May be called twice. */
  stop(): Promise<void>;
}

export interface ConnectorSuite<Config> {
  readonly definition: ConnectorDefinition<Config>;
  start(): Promise<Counterpart<Config>>;
  readonly work: Work;
  readonly answers: Answers | null;
  /** Settings that are wrong, each with a word that its error must name. */
  readonly wrongSettings: readonly (readonly [Record<string, unknown>, RegExp])[];
}

const document = Buffer.from('<ClinicalDocument xmlns="urn:hl7-org:v3"/>');

/** One suite for all connectors (design.md §4): what the delivery engine relies on. */
export function connectorContract<Config>(name: string, suite: ConnectorSuite<Config>): void {
  describe(`connector contract: ${name}`, () => {
    let partner: Counterpart<Config>;
    let connector: Connector;
    let envelope: Envelope;
    const sending = (attempt = 1, possibleDuplicate = false): Sending => ({
      key: `${suite.work.trace}/4096`, attempt, possibleDuplicate, envelope,
      body: (step) => Promise.resolve(Buffer.concat((envelope.steps[step]?.body ?? []).map((part) => (part instanceof Uint8Array ? part : part.encoding === 'raw' ? document : Buffer.from(document.toString('base64')))))),
    });
    const send = (ms = 5000, ...of: Parameters<typeof sending>): Promise<Receipt> => connector.send(sending(...of), AbortSignal.timeout(ms));

    beforeEach(async () => {
      partner = await suite.start();
      connector = suite.definition.open(partner.config, { clock: () => 1_800_000_000_000, ids: () => '00000000-0000-4000-8000-000000000001', destination: 'partner' });
      envelope = suite.definition.prepare(suite.work, partner.config, suite.answers).envelope;
    });
    afterEach(async () => { await connector.close(); await partner.stop(); });

    test('prepares the same envelope from the same work, and leaves the work as it was', () => {
      const before = structuredClone(suite.work);
      const first = suite.definition.prepare(suite.work, partner.config, suite.answers);
      expect(suite.definition.prepare(suite.work, partner.config, suite.answers)).toEqual(first);
      expect(suite.work).toEqual(before);
      expect(first.envelope.steps.length).toBeGreaterThan(0);
      expect(Object.keys(first.headers).length).toBeGreaterThan(0);
    });

    test('wrong settings are refused by name', () => {
      for (const [settings, names] of suite.wrongSettings) expect(() => suite.definition.config(settings, 'partner')).toThrow(names);
    });

    test('says whether the partner can be reached', async () => {
      expect(await connector.check()).toMatchObject({ ok: true });
      await partner.stop();
      const said = await connector.check();
      expect(said.ok).toBe(false);
      expect(said.text).not.toBe('');
    });

    test('delivers, and breaks no rule of the partner', async () => {
      expect(await send()).toMatchObject({ kind: 'delivered' });
      expect(partner.taken()).toBe(1);
      expect(partner.broken()).toEqual([]);
    });

    test('sent again after it was delivered: not taken twice, flagged where that can be said', async () => {
      await send();
      expect(await send(5000, 2, true)).toMatchObject({ kind: 'delivered' });
      expect(partner.taken()).toBe(1);
      expect([null, 1]).toContain(partner.flagged());
    });

    test('a refusal is final, its fault permanent, and nothing of the patient is in it', async () => {
      partner.meets('refuses');
      const receipt = await send();
      expect(receipt.kind).toBe('refused');
      if (receipt.kind === 'refused') expect(catalogue[receipt.fault].class).toBe('permanent');
      expect(JSON.stringify(receipt)).not.toMatch(/DUPONT|279035121518989/);
      expect(partner.taken()).toBe(0);
    });

    test('a partner that cannot take it now: busy, and taken later', async () => {
      partner.meets('busy');
      expect(await send()).toMatchObject({ kind: 'busy' });
      expect(await send()).toMatchObject({ kind: 'delivered' });
      expect(partner.taken()).toBe(1);
    });

    test.each(['lost', 'unanswered'] as const)('an answer that never came is unknown, whatever became of it (%s)', async (mood) => {
      partner.meets(mood);
      expect(await send(1500)).toMatchObject({ kind: 'unknown' });
      if (suite.definition.capabilities.lookup) expect(await connector.lookup(sending(), AbortSignal.timeout(5000))).toBe(mood === 'lost' ? 'absent' : 'found');
      expect(await send(5000, 2, true)).toMatchObject({ kind: 'delivered' });
      expect(partner.taken()).toBe(1);
    });

    test('ends when its signal fires', async () => {
      partner.meets('silent');
      expect(await send(150)).toMatchObject({ kind: 'unknown' });
    });

    test('a signal that fired before: nothing is taken', async () => {
      expect((await connector.send(sending(), AbortSignal.abort())).kind).not.toBe('delivered');
      expect(partner.taken()).toBe(0);
    });

    test('a partner that is not there: busy, nothing was sent', async () => {
      await partner.stop();
      expect(await send()).toMatchObject({ kind: 'busy' });
      expect(partner.arrivals()).toBe(0);
    });

    test('twenty at once: all delivered', async () => {
      const receipts = await Promise.all(Array.from({ length: 20 }, () => send(10_000)));
      expect(receipts.filter(({ kind }) => kind !== 'delivered')).toEqual([]);
      expect(partner.taken()).toBe(1);
    });

    test('closed while something is under way: it ends', async () => {
      partner.meets('silent');
      const under = send(3000);
      await new Promise((later) => { setTimeout(later, 50); });
      await connector.close();
      expect((await under).kind).not.toBe('delivered');
    });
  });
}
