import { expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPkcs12 } from '../net/pkcs12.ts';
import { startDmp } from './dmp.ts';

interface Given { readonly pfx: { readonly file: string }; readonly passphrase: { readonly file: string } }
const files = (settings: Readonly<Record<string, unknown>>): Given[] => [settings.authentication as Given, settings.signature as Given];

it('without a folder: two distinct certificates that open, gone with it', async () => {
  const simulator = await startDmp({ folder: null });
  const given = files(simulator.settings);
  const certificates = given.map(({ pfx, passphrase }) => readPkcs12(readFileSync(pfx.file), readFileSync(passphrase.file, 'utf8')).cert);
  expect(new Set(certificates).size).toBe(2);
  expect(given.map(({ pfx }) => statSync(pfx.file).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(simulator.report()).toEqual({ received: 0, stored: {}, duplicates: [], broken: [] });
  await simulator.close();
  expect(existsSync(given[0]?.pfx.file ?? '')).toBe(false);
});
it('in a folder: same certificates and ports the next time; other ports when they are taken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dmp-sandbox-'));
  try {
    const first = await startDmp({ folder });
    const certificate = readFileSync(files(first.settings)[1]?.pfx.file ?? '');
    await first.close();
    const second = await startDmp({ folder });
    expect([second.address, readFileSync(files(second.settings)[1]?.pfx.file ?? '').equals(certificate)]).toEqual([first.address, true]);
    await second.close();
    const taker = createServer().listen(Number(new URL(first.address).port), '127.0.0.1');
    await new Promise((resolve) => { taker.once('listening', resolve); });
    const third = await startDmp({ folder });
    expect(third.address).not.toBe(first.address);
    await third.close();
    taker.close();
  } finally { rmSync(folder, { recursive: true, force: true }); }
});
