import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { lintText } from '../config/load.ts';
import type { Config } from '../config/model.ts';
import type { Connector } from '../deliver/connector.ts';
import type { Definitions } from '../plan-settings.ts';
import { testPki } from '../sandbox/pki.ts';
import { readPkcs12 } from '../net/pkcs12.ts';
import { readSecret } from '../net/secret.ts';
import { checkPartners } from './checks.ts';
import { openPartners } from './partners.ts';
import { watchPartners } from './partner-watch.ts';

const now = Date.now();
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-checks-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const p12 = (name: string): void => { const pki = testPki('AC', now); writeFileSync(join(folder, 'a.p12'), pki.pkcs12(pki.issue('client', name), 'x')); };
const config = (): Config => {
  const linted = lintText([
    'version: 1', 'keys: { file: ./k }', 'destinations:',
    `  - { id: region, system: regional, settings: { tls: { pfx: { file: ${join(folder, 'a.p12')} }, passphrase: { file: ${join(folder, 'word')} } } } }`,
  ].join('\n'), 'c.yaml', folder);
  if (linted.config === null) throw new Error(JSON.stringify(linted.faults));
  return linted.config;
};

/** A connector that shows the certificate it was opened with; `gate` holds its sendings back. */
function partner(check: () => Promise<{ ok: boolean; text: string }> = () => Promise.resolve({ ok: true, text: 'joint' })) {
  const log: string[] = [];
  let [opened, gate] = [0, Promise.resolve()];
  const open = (): Connector => {
    const { cert } = readPkcs12(readSecret({ file: join(folder, 'a.p12') }, true), 'x');
    const name = String(opened += 1);
    log.push(`open ${name}`);
    return {
      check, lookup: () => Promise.resolve('unknown'), close: () => { log.push(`close ${name}`); return Promise.resolve(); },
      send: async () => { log.push(`send ${name}`); await gate; log.push(`sent ${name}`); return { kind: 'delivered', remoteId: cert.slice(0, 0) }; },
    };
  };
  const definitions = { regional: { name: 'regional', config: () => ({}), capabilities: { lookup: false, resolve: false }, prepare: () => ({ envelope: { steps: [] }, headers: {} }), transport: () => Promise.resolve({ open }) } } satisfies Definitions;
  return { log, definitions, hold: (until: Promise<void>) => { gate = until; } };
}
const until = async (done: () => boolean): Promise<void> => { for (let i = 0; i < 400 && !done(); i += 1) await after(5); };
const sending = { key: 'k', attempt: 1, possibleDuplicate: false, envelope: { steps: [] }, body: () => Promise.resolve(new Uint8Array()) };

describe('certificates', () => {
  test('one that is renewed is taken up without a restart; what is under way ends with the old one', async () => {
    p12('first');
    writeFileSync(join(folder, 'word'), 'x');
    const { log, definitions, hold } = partner();
    const connector = (await openPartners(config(), definitions, Date.now, randomUUID, () => undefined, 5)).get('region')?.connector;
    if (connector === undefined) throw new Error('not opened');
    let release = (): void => undefined;
    hold(new Promise<void>((done) => { release = done; }));
    const first = connector.send(sending, AbortSignal.timeout(5000));
    p12('second');
    await until(() => log.includes('open 2'));
    const second = connector.send(sending, AbortSignal.timeout(5000));
    expect(log).toEqual(['open 1', 'send 1', 'open 2', 'send 2']);
    release();
    await Promise.all([first, second]);
    await connector.close();
    expect(log.sort()).toEqual(['close 1', 'close 2', 'open 1', 'open 2', 'send 1', 'send 2', 'sent 1', 'sent 2']);
  });
  test('one that cannot be used leaves the old one, and says so', async () => {
    p12('first');
    writeFileSync(join(folder, 'word'), 'x');
    const { log, definitions } = partner();
    const alarms: string[] = [];
    const connector = (await openPartners(config(), definitions, Date.now, randomUUID, (destination, fault) => { alarms.push(`${destination} ${fault}`); }, 5)).get('region')?.connector;
    writeFileSync(join(folder, 'a.p12'), 'half a file');
    await until(() => alarms.length > 0);
    await connector?.send(sending, AbortSignal.timeout(5000));
    await connector?.close();
    expect([alarms, log]).toEqual([['region config.tls-unusable'], ['open 1', 'send 1', 'sent 1', 'close 1']]);
  });
});

describe('checks of partners', () => {
  test('tell what each connector says, and when our certificates end', async () => {
    p12('first');
    writeFileSync(join(folder, 'word'), 'x');
    const partners = await openPartners(config(), partner().definitions, Date.now, randomUUID);
    const [one] = await checkPartners(partners, config(), () => 7);
    expect(one).toMatchObject({ destination: 'region', system: 'regional', at: 7, ok: true, text: 'joint', certificates: [{ setting: 'tls', validTo: expect.any(Number) }] });
    expect(Math.round(((one?.certificates[0]?.validTo ?? 0) - now) / 86_400_000)).toBe(365);
    await Promise.all([...partners.values()].map(({ connector }) => connector.close()));
  });
  test('a check that breaks fails, and no other', async () => {
    p12('first');
    const partners = await openPartners(config(), partner(() => Promise.reject(new TypeError('patient'))).definitions, Date.now, randomUUID);
    expect(await checkPartners(partners, config(), () => 7)).toMatchObject([{ ok: false, text: 'TypeError' }]);
    await Promise.all([...partners.values()].map(({ connector }) => connector.close()));
  });
  test('the hourly look rings once for what became wrong, again at each threshold, and again after it was right', async () => {
    const day = 86_400_000;
    const at = { now: 0 };
    const state = { ok: true };
    const rung: string[] = [];
    const watching = watchPartners(
      () => Promise.resolve([{ destination: 'dmp', system: 'dmp', at: at.now, ...state, text: 'ECONNREFUSED', certificates: [{ setting: 'signature', validTo: 62 * day }] }]),
      (destination, fault, detail) => { rung.push(`${destination} ${fault} ${detail}`); }, () => at.now,
    );
    const look = async (when: number, ok: boolean): Promise<string[]> => { at.now = when * day; state.ok = ok; await watching.checks(); return rung.splice(0); };
    expect(await look(0, true)).toEqual([]);
    expect(await look(2, true)).toEqual(['dmp config.certificate-expires signature 1970-03-04']);
    expect(await look(3, false)).toEqual(['dmp deliver.check-failed ECONNREFUSED']);
    expect(await look(4, false)).toEqual([]);
    expect(await look(32, true)).toEqual(['dmp config.certificate-expires signature 1970-03-04']);
    expect(await look(55, false)).toEqual(['dmp config.certificate-expires signature 1970-03-04', 'dmp deliver.check-failed ECONNREFUSED']);
    expect(await look(62, false)).toEqual(['dmp config.certificate-expired signature 1970-03-04']);
    expect(watching.latest()).toMatchObject([{ ok: false }]);
    watching.stop();
  });
  test('while one fails they are asked again soon', async () => {
    let ok = false, asked = 0;
    const watching = watchPartners(() => { asked += 1; ok = asked > 2; return Promise.resolve([{ destination: 'dmp', system: 'dmp', at: 0, ok, text: '', certificates: [] }]); }, () => undefined, Date.now, { firstMs: 1, everyMs: 3_600_000, failingMs: 1 });
    await until(() => ok);
    expect(watching.latest()).toMatchObject([{ ok: true }]);
    watching.stop();
  });
});
