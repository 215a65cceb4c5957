import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newKeyRing } from '../../src/journal/keys.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { labResult } from '../bench/message.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { folder, runningGateway, settings, startGateway, type RunningGateway } from './gateway.ts';

const id = (n: number): string => `R${String(n).padStart(9, '0')}`;
const message = (n: number): Buffer => frame(labResult(n, n % 50, 'R'));

/** A mount namespace of its own, where a folder can be a small or read-only disk without touching the machine's. */
const namespace = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-r', '-m'];
const canMount = spawnSync(namespace[0] ?? '', [...namespace.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
const onDisk = (folderPath: string, options: string): string[] => [...namespace, 'sh', '-c', `mount -t tmpfs -o ${options} none '${folderPath}' && exec "$@"`, 'sh'];
const whenMountable = (name: string, tests: () => void): void => { describe(name, canMount ? tests : () => { test.skip('needs a mount namespace (unshare -m), which this account may not have', () => undefined); }); };

let place: ReturnType<typeof folder>;
const running: RunningGateway[] = [];
const start = async (...given: Parameters<typeof runningGateway>): Promise<RunningGateway> => { const one = await runningGateway(...given); running.push(one); return one; };
const peerOf = (gateway: RunningGateway): MllpPeer => new MllpPeer(gateway.ports.mllp ?? 0);
beforeEach(() => { place = folder(); });
afterEach(async () => { for (const one of running.splice(0)) await one.kill(); place.remove(); });

/** A refusal to start: in words, without a stack, and a failing exit. */
const refused = async (...given: Parameters<typeof startGateway>): Promise<string> => {
  const ended = await startGateway(...given);
  if ('ports' in ended) { running.push(ended); throw new Error('it started'); }
  expect(ended.code).toBe(1);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  return ended.stderr;
};

describe('a gateway that cannot run says why and does not start', () => {
  test('every fault of a configuration at once, with its line', async () => {
    const file = join(place.path, 'passerelle.yaml');
    writeFileSync(file, 'version: 1\nlisteners:\n  - { name: mllp, kind: mlp, port: 70000 }\nsources: []\ndestinations: []\nrules: []\nunknown: 1\n');
    const said = await refused(file);
    for (const fault of [/:3:.*kind/, /:3:.*port/, /:7:.*unknown/]) expect(said).toMatch(fault);
  });

  test('a port that another program holds', async () => {
    const holder = createServer();
    await new Promise<void>((listening) => { holder.listen(0, '127.0.0.1', listening); });
    const { port } = holder.address() as AddressInfo;
    try {
      expect(await refused(settings(place.path, { listeners: [{ name: 'mllp', kind: 'mllp', port }] }))).toMatch(new RegExp(`"?mllp"?.*127\\.0\\.0\\.1:${String(port)} \\(EADDRINUSE\\)`));
    } finally { holder.close(); }
  });

  test('a second gateway on the same folder; the first goes on', async () => {
    const file = settings(place.path);
    const gateway = await start(file);
    expect(await refused(file)).toMatch(/Another gateway already uses this data folder/);
    const peer = peerOf(gateway);
    peer.write(message(1));
    expect(await peer.got(1)).toEqual([`AA ${id(1)}`]);
    peer.close();
  });

  test('a wrong key ring, and none; the right one opens it again with what it held', async () => {
    const file = settings(place.path);
    const gateway = await start(file);
    const peer = peerOf(gateway);
    peer.write(message(1));
    await peer.got(1);
    peer.close();
    expect(await gateway.stop()).toMatchObject({ code: 0, stderr: '' });
    const ring = join(place.path, 'keys', 'ring');
    const other = join(place.path, 'keys', 'other');
    writeFileSync(other, newKeyRing(), { mode: 0o600 });
    expect(await refused(settings(place.path, { keys: { file: other } }))).toMatch(/key ring/i);
    expect(await refused(settings(place.path, { keys: { file: join(place.path, 'keys', 'none') } }))).toMatch(/key file is missing/);
    const again = await start(settings(place.path, { keys: { file: ring } }));
    const asked = await askControl(join(place.path, 'data'));
    expect((await asked?.control.counts())?.messages).toMatchObject({ received: 1, consumed: 1 });
    asked?.close();
    await again.stop();
  });

  (process.getuid?.() === 0 && !canMount ? test.skip : test)('a read-only data folder', async () => {
    const data = join(place.path, 'data');
    mkdirSync(data);
    const file = settings(place.path);
    if (canMount) expect(await refused(file, { by: onDisk(data, 'ro,size=1m') })).toMatch(/cannot be written/);
    else { chmodSync(data, 0o555); expect(await refused(file)).toMatch(/cannot be written/); chmodSync(data, 0o755); }
  });
});

describe('a disk that fills', () => {
  test('below the configured free space messages are refused AR, with the reason', async () => {
    const gateway = await start(settings(place.path, { minFreeMiB: 10_000_000 }));
    const peer = peerOf(gateway);
    peer.write(message(1));
    expect(await peer.got(1)).toEqual([`AR ${id(1)}`]);
    expect(peer.frames[0]).toMatch(/ERR\|.*\|207\^/);
    peer.close();
    expect((await gateway.stop()).code).toBe(0);
  });

  whenMountable('a full one (a small disk in memory)', () => {
    test('AR while it is full, nothing acknowledged is lost, and it takes messages again by itself', async () => {
      const data = join(place.path, 'data');
      mkdirSync(data);
      const gateway = await start(settings(place.path), { by: onDisk(data, 'size=6m') });
      const inside = `/proc/${String(gateway.pid)}/root${data}`;
      writeFileSync(join(inside, 'filler'), Buffer.alloc(2 << 20));
      const peer = peerOf(gateway);
      const acknowledged: number[] = [];
      let refusedAt = 0;
      for (let n = 1; n <= 3000 && refusedAt === 0; n++) {
        peer.write(message(n));
        await peer.got(n);
        if (peer.answers[n - 1] === `AA ${id(n)}`) acknowledged.push(n); else refusedAt = n;
      }
      expect(peer.answers[refusedAt - 1]).toBe(`AR ${id(refusedAt)}`);
      expect(peer.frames[refusedAt - 1]).toMatch(/disque|disk/i);
      rmSync(join(inside, 'filler'));
      const peer2 = peerOf(gateway);
      for (let tries = 1; tries <= 100 && peer2.answers.at(-1) !== `AA ${id(refusedAt)}`; tries++) {
        peer2.write(message(refusedAt));
        await peer2.got(tries);
        await new Promise((later) => { setTimeout(later, 100); });
      }
      expect(peer2.answers.at(-1)).toBe(`AA ${id(refusedAt)}`);
      const asked = await askControl(inside);
      if (asked === null) throw new Error('no control socket');
      expect((await asked.control.counts()).messages).toMatchObject({ received: acknowledged.length + 1, consumed: acknowledged.length + 1 });
      for (const n of acknowledged) expect(await asked.control.search({ kind: 'control', value: id(n) }, 2)).toHaveLength(1);
      expect(await asked.control.verify()).toEqual([]);
      asked.close();
      peer.close();
      peer2.close();
    }, 120_000);
  });
});
