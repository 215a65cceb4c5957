import { describe, expect, test } from '@jest/globals';
import type { Connector, Sending } from '../../src/deliver/connector.ts';
import { catalogue } from '../../src/domain/catalogue.ts';
import type { Receipt } from '../../src/domain/delivery.ts';

export { sendingOf } from './sending.ts';

/** What the partner's next arrival meets. `reset-before`: it goes away without taking; `reset-after`: it takes, and goes away without answering. */
export type Trouble = 'refuse' | 'busy' | 'hang' | 'reset-before' | 'reset-after';

/** A connector and its partner, on the loopback. */
export interface ConnectorHarness {
  readonly connector: Connector;
  /** The same connector, to a place where nothing listens. */
  readonly unreachable: Connector;
  /** The n-th thing to send, the same each time it is asked for. */
  readonly sending: (n: number) => Sending;
  readonly partner: {
    fail(trouble: Trouble): void;
    /** How often the partner has the n-th thing. */
    stored(n: number): number;
    /** Arrivals, raw, repeats and refusals included. */
    arrivals(): number;
  };
  /** Closes all, and checks that no rule of the partner was broken. */
  close(): Promise<void>;
}

/**
 * One suite for all connectors (design.md §4): what the delivery engine relies on.
 * @param can `lookup`: the partner can be asked; `deduplicates`: the partner takes what is sent twice once; `accepted`: what a
 * success is, `submitted` where a notice settles it later; `saidWithinMs`: what it takes to say all of one thing to a partner
 * that never answers
 */
export function connectorContract(name: string, open: () => Promise<ConnectorHarness>, can: { readonly lookup: boolean; readonly deduplicates: boolean; readonly accepted?: 'delivered' | 'submitted'; readonly saidWithinMs?: number }): void {
  const accepted = { kind: can.accepted ?? 'delivered' };
  describe(`connector contract: ${name}`, () => {
    const opened = (run: (harness: ConnectorHarness) => Promise<void>) => async (): Promise<void> => {
      const harness = await open();
      try { await run(harness); } finally { await harness.close(); }
    };
    const send = ({ connector, sending }: ConnectorHarness, n = 1, ms = 5000): Promise<Receipt> => connector.send(sending(n), AbortSignal.timeout(ms));
    const again = ({ connector, sending }: ConnectorHarness, n = 1): Promise<Receipt> =>
      connector.send({ ...sending(n), attempt: 2, possibleDuplicate: true }, AbortSignal.timeout(5000));

    test('freezes the same envelope from the same work', opened(async ({ sending }) => {
      expect(sending(1).envelope).toEqual(sending(1).envelope);
      expect(sending(1).envelope).not.toEqual(sending(2).envelope);
      expect(sending(1).envelope.steps.length).toBeGreaterThan(0);
      return Promise.resolve();
    }));

    test('says whether the partner can be reached', opened(async ({ connector, unreachable }) => {
      expect(await connector.check()).toMatchObject({ ok: true });
      const said = await unreachable.check();
      expect(said.ok).toBe(false);
      // A sentence that says what to look at, in both languages: a bare code helps nobody.
      expect([said.text, said.english]).toEqual([expect.stringMatching(/ .+ /), expect.stringMatching(/ .+ /)]);
    }));

    test('delivers', opened(async (harness) => {
      expect(await send(harness)).toMatchObject(accepted);
      expect([harness.partner.stored(1), harness.partner.stored(2)]).toEqual([1, 0]);
    }));

    test('sent again after it was delivered: delivered, and there once', opened(async (harness) => {
      await send(harness);
      expect(await again(harness)).toMatchObject(accepted);
      if (can.deduplicates) expect(harness.partner.stored(1)).toBe(1);
    }));

    test('a refusal is final, its fault permanent, and nothing of the patient is in it', opened(async (harness) => {
      harness.partner.fail('refuse');
      const receipt = await send(harness);
      expect(receipt.kind).toBe('refused');
      if (receipt.kind === 'refused') expect(catalogue[receipt.fault].class).toBe('permanent');
      expect(JSON.stringify(receipt)).not.toMatch(/DUPONT|279035121518989/);
      expect(harness.partner.stored(1)).toBe(0);
    }));

    test('a partner that cannot take it now: busy, and taken later', opened(async (harness) => {
      harness.partner.fail('busy');
      expect(await send(harness)).toMatchObject({ kind: 'busy' });
      expect(await send(harness)).toMatchObject(accepted);
      expect(harness.partner.stored(1)).toBe(1);
    }));

    for (const trouble of ['reset-before', 'reset-after'] as const) {
      test(`an answer that never came is unknown, whatever became of it (${trouble})`, opened(async (harness) => {
        harness.partner.fail(trouble);
        expect(await send(harness)).toMatchObject({ kind: 'unknown' });
        // `absent` is also right for what is there in part: sending it again duplicates nothing.
        if (can.lookup && trouble === 'reset-before') expect(await harness.connector.lookup(harness.sending(1), AbortSignal.timeout(5000))).toBe('absent');
        expect(await again(harness)).toMatchObject(accepted);
        if (can.lookup) expect(await harness.connector.lookup(harness.sending(1), AbortSignal.timeout(5000))).toBe('found');
        if (can.deduplicates || trouble === 'reset-before') expect(harness.partner.stored(1)).toBe(1);
      }));
    }

    test('ends when its signal fires', opened(async (harness) => {
      harness.partner.fail('hang');
      expect(await send(harness, 1, can.saidWithinMs ?? 150)).toMatchObject({ kind: 'unknown' });
      expect(await again(harness)).toMatchObject(accepted);
    }));

    test('a signal that fired before: nothing is taken', opened(async (harness) => {
      expect((await harness.connector.send(harness.sending(1), AbortSignal.abort())).kind).not.toBe(accepted.kind);
      expect(harness.partner.stored(1)).toBe(0);
    }));

    test('a partner that is not there: busy, nothing was sent', opened(async (harness) => {
      const before = harness.partner.arrivals();
      expect(await harness.unreachable.send(harness.sending(1), AbortSignal.timeout(5000))).toMatchObject({ kind: 'busy' });
      expect(harness.partner.arrivals()).toBe(before);
    }));

    test('a dozen at once: all delivered, each once', opened(async (harness) => {
      const numbers = Array.from({ length: 12 }, (_, n) => n + 1);
      const receipts = await Promise.all(numbers.map((n) => send(harness, n, 20_000)));
      expect(receipts.filter(({ kind }) => kind !== accepted.kind)).toEqual([]);
      expect(numbers.map((n) => harness.partner.stored(n))).toEqual(numbers.map(() => 1));
    }));

    test('closed while something is under way: it ends', opened(async (harness) => {
      harness.partner.fail('hang');
      const under = send(harness, 1, 2000);
      await new Promise((later) => { setTimeout(later, 50); });
      await harness.connector.close();
      expect((await under).kind).not.toBe(accepted.kind);
    }));
  });
}
