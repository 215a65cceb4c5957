import { expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorize, exists, findDocuments, retrieve } from '../../../test/dmp/asks.ts';
import { cda, certificates, now, provide, send } from '../../../test/dmp/request.ts';
import { objects } from '../../../test/dmp/simulated.ts';
import { startDmpSimulator } from './simulator.ts';

it('record, documents, VIHF already used and reports outlive a restart, even one that cut the last line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dmp-record-'));
  const own = certificates();
  const start = () => startDmpSimulator({ tls: { ...own.server, ca: own.pki.ca }, signing: { ca: own.pki.ca }, now: () => now, folder });
  try {
    const first = await start();
    const made = provide(own.signature);
    await send(first.url, made, own);
    await send(first.url, authorize(own.signature), own);
    first.dmp('185076322000111', 'absent');
    const before = first.entries();
    await first.close();
    appendFileSync(join(folder, 'record.jsonl'), '{"entries":[{"entryUu');

    const second = await start();
    expect(second.entries()).toEqual(before);
    expect(second.submissions().map((one) => [one.id, one.transaction])).toEqual([['000002', 'TD0.3'], ['000001', 'TD2.1']]);
    expect(objects(await send(second.url, findDocuments(own.signature), own))).toHaveLength(2);
    expect((await send(second.url, retrieve(own.signature), own)).bytes.includes(cda())).toBe(true);
    expect((await send(second.url, exists(own.signature), own)).text).toContain('value code="AUTORISE"');
    await send(second.url, made, own);
    expect(second.submissions()[0]?.rules.filter((one) => one.status === 'fail').map((one) => one.id)).toEqual(expect.arrayContaining(['vihf-replay', 'wsa-message-id-fresh']));
    second.thirdParty('1.2.250.1.999.7.1', 'archive');
    await second.close();

    // What came after the cut line is not lost either.
    const third = await start();
    expect([third.submissions().length, third.entries().map((one) => one.status.endsWith('Archived'))]).toEqual([6, [true, false]]);
    third.reset();
    await third.close();
    const fourth = await start();
    expect([fourth.submissions(), fourth.entries()]).toEqual([[], []]);
    await fourth.close();
  } finally { rmSync(folder, { recursive: true, force: true }); }
});
