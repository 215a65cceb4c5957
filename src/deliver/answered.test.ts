import { describe, expect, test } from '@jest/globals';
import { harness, planned, type Harness } from '../../test/deliver/harness.ts';

/** A disk whose next transaction waits for `turn`: begins and outcomes take effect in the order they were asked, then. */
function slowDisk({ journal }: Harness): { readonly asked: string[]; turn(): void } {
  const asked: string[] = [];
  let turn: () => void = () => undefined;
  const disk = new Promise<void>((go) => { turn = go; });
  const [begin, settle] = [journal.begin.bind(journal), journal.settle.bind(journal)];
  journal.settle = async (id, ...given) => { asked.push(`settle ${id / 4096}`); await disk; return settle(id, ...given); };
  journal.begin = async (ids, at) => {
    asked.push(...ids.map((id) => `begin ${id / 4096}`));
    if (asked.some((one) => one.startsWith('settle'))) await disk;
    return begin(ids, at);
  };
  return { asked, turn };
}

describe('a lane whose delivery was answered for, before the outcome is on the disk', () => {
  test('begins its next one, which leaves with the outcome written and not before', async () => {
    const h = harness();
    const disk = slowDisk(h);
    for (const seq of [1, 2]) h.offer(seq, 7);
    await h.time.advance(500);
    expect([disk.asked, h.partner.arrivals.map(({ id }) => id / 4096)]).toEqual([['begin 1', 'settle 1', 'begin 2'], [1]]);
    disk.turn();
    await h.time.advance(500);
    expect([h.journal.states(), h.partner.arrivals.map(({ id }) => id / 4096)]).toEqual([{ delivered: 2 }, [1, 2]]);
  });

  test('keeps a later version of the same document waiting: it looks at how the earlier one ended', async () => {
    const h = harness();
    const disk = slowDisk(h);
    h.offer(1, 7, { series: ['DOC|1'] });
    h.offer(2, 7, { action: 'replace', series: ['DOC|2'], gate: { ...planned().gate, after: ['DOC|1'] } });
    await h.time.advance(500);
    expect(disk.asked).toEqual(['begin 1', 'settle 1']);
    disk.turn();
    await h.time.advance(500);
    expect([h.journal.states(), h.journal.calls.get('move')]).toEqual([{ delivered: 2 }, undefined]);
  });

  test('stays blocked when it is to be tried again', async () => {
    const h = harness();
    h.partner.behave = () => 'busy';
    const disk = slowDisk(h);
    for (const seq of [1, 2]) h.offer(seq, 7);
    await h.time.advance(500);
    expect(disk.asked).toEqual(['begin 1', 'settle 1']);
  });

  test('is written before the gateway has stopped', async () => {
    const h = harness();
    const disk = slowDisk(h);
    const { id } = h.offer(1, 7);
    await h.time.advance(500);
    let stopped = false;
    const end = h.dispatcher.stop(60_000).then(() => { stopped = true; });
    await h.time.advance(500);
    expect(stopped).toBe(false);
    disk.turn();
    await h.time.advance(500);
    await end;
    expect(h.journal.row(id).state).toBe('delivered');
  });
});
