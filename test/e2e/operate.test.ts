import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noCanary } from '../canary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'passerelle-operate-'));
const config = join(folder, 'passerelle.yaml');
let gateway: ChildProcess;
let addresses: Record<string, string> = {};

const passerelle = (...args: string[]) => {
  const run = spawnSync(process.execPath, [join(root, 'bin/passerelle.js'), ...args, '--config', config, '--json'], { cwd: folder, encoding: 'utf8', timeout: 30_000 });
  return { code: run.status, rows: run.stdout.trim() === '' ? [] : run.stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>), errors: run.stderr };
};
const show = (ref: string) => passerelle('messages', 'show', ref).rows[0] as { deliveries: { id: number; destination: string; state: string; reason: string }[]; events: { kind: string; detail: string }[] };
const deliveryTo = (ref: string, destination: string) => show(ref).deliveries.find((one) => one.destination === destination);
const fixture = (name: string) => join(root, 'fixtures', name);

async function start(): Promise<void> {
  gateway = spawn(process.execPath, [join(root, 'bin/passerelle.js'), 'start', '--config', config, '--json', '--log', join(folder, 'log')], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    gateway.stdout?.once('data', (chunk: Buffer) => { resolve(chunk.toString()); });
    gateway.once('exit', (code) => { reject(new Error(`start ended with ${code}`)); });
  });
  addresses = (JSON.parse(line.split('\n')[0] ?? '') as { addresses: Record<string, string> }).addresses;
}
const stop = (): Promise<number | null> => new Promise((resolve) => { gateway.once('exit', resolve); gateway.kill('SIGTERM'); });

beforeAll(async () => {
  writeFileSync(config, readFileSync(join(root, 'passerelle.yaml'), 'utf8').replace('port: 2575', 'port: 0').replace('port: 8080', 'port: 0')
    // A structure that the laboratory is not part of: its DMP deliveries are left to a person.
    .replace("structure: { id: '1990000001'", "structure: { id: '1990000027'"));
  await start();
}, 30_000);
// What was revealed into a file is where the operator asked for it.
afterAll(async () => { if (gateway.exitCode === null) await stop(); try { noCanary(folder, ['keys', 'data/bal', 'one.raw', 'one.bundle.json']); } finally { rmSync(folder, { recursive: true, force: true }); } });

/** What doctor tells of a DMP whose structure is not that of its certificates. */
const misfit = expect.stringMatching(/^dmp : ORG_AUTH_CLI : sa structure \(OU 1990000001\) n’est pas structure\.id/) as unknown;

describe('operating a running gateway from the command line', () => {
  it('send prints each acknowledgement and exits by it', () => {
    expect(passerelle('send', fixture('hl7v2/oru-r01/haematology/in.hl7'), '--to', addresses.mllp ?? '').rows).toMatchObject([{ ack: 'AA' }]);
    expect(passerelle('send', fixture('hl7v2/volet/oru-initial/in.hl7'), '--to', `${addresses.http}/in/hl7v2`).code).toBe(0);
    const refused = passerelle('send', fixture('hl7v2/volet/pas-un-cda/in.hl7'), '--to', addresses.mllp ?? '');
    expect([refused.code, refused.rows[0]?.ack]).toEqual([1, 'AE']);
  });

  it('lists, searches by business key and tells a story without any content', () => {
    // The sample's mailbox brings the notices of what left, in its own time.
    expect(passerelle('messages', 'list').rows.filter((one) => one.source !== 'bal-mssante').map((one) => one.disposition)).toEqual(['rejected', 'planned', 'planned']);
    expect(passerelle('messages', 'list', '--key', 'ins=279035121518989').rows.length).toBeGreaterThan(0);
    expect(passerelle('messages', 'list', '--key', 'accession=nothing').rows).toEqual([]);
    expect(passerelle('messages', 'list', '--state', 'heldd')).toMatchObject({ code: 2, errors: expect.stringContaining('held') });
    const story = JSON.stringify(show('2'));
    expect(story).toContain('dmp.structure');
    expect(story).not.toMatch(/279035121518989|MARTIN|DOMINIQUE/i);
  });

  it('abandons a held delivery, with who and why in its story, and the sender is told', async () => {
    const held = deliveryTo('2', 'dmp');
    expect(held?.state).toBe('held');
    expect(passerelle('messages', 'abandon', String(held?.id), '--why', 'test', '--by', 'lea').code).toBe(0);
    for (let i = 0; i < 50 && deliveryTo('2', 'lab-answers')?.state !== 'delivered'; i++) await new Promise((wake) => { setTimeout(wake, 100); });
    expect([deliveryTo('2', 'dmp')?.state, deliveryTo('2', 'lab-answers')?.state]).toEqual(['abandoned', 'delivered']);
    expect(show('2').events.find((one) => one.kind === 'moved')?.detail).toMatch(/"by":"lea".*"text":"test"/);
  }, 30_000);

  it('refuses to move what is final, in words, and replays it beside the old one', () => {
    const done = deliveryTo('1', 'region');
    const refused = passerelle('messages', 'abandon', String(done?.id), '--why', 'x');
    expect([refused.code, refused.errors.length > 20]).toEqual([1, true]);
    const replayed = passerelle('messages', 'replay', String(done?.id), '--why', 'x');
    expect(replayed.rows[0]).toMatchObject({ act: 'replay', as: (done?.id ?? 0) + 1 });
    expect(show('1').deliveries.map((one) => one.state)[0]).toBe('delivered');
  });

  it('a message that has its plan is not planned again', () => {
    const refused = passerelle('messages', 'replan', '1', '--why', 'x');
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('quarantaine')]);
  });

  it('exports content only with a reason, which stays in the story', () => {
    expect(passerelle('messages', 'export', '1', join(folder, 'one')).code).toBe(2);
    expect(passerelle('messages', 'export', '1', join(folder, 'one'), '--why', 'litige').code).toBe(0);
    expect(readFileSync(join(folder, 'one.raw'), 'utf8').trimEnd()).toBe(readFileSync(fixture('hl7v2/oru-r01/haematology/in.hl7'), 'utf8').trimEnd());
    expect(statSync(join(folder, 'one.raw')).mode & 0o777).toBe(0o600);
    expect(show('1').events.find((one) => one.kind === 'revealed')?.detail).toContain('litige');
  });

  it('doctor accounts for every message; the log holds no patient', () => {
    const { code, rows } = passerelle('doctor');
    expect([code, rows[0]?.running, rows[0]?.problems]).toEqual([1, true, [misfit]]);
    const checks = rows[0]?.checks as { destination: string; ok: boolean; certificates: { setting: string }[] }[];
    expect(checks.map(({ destination, ok, certificates }) => [destination, ok, ...certificates.map(({ setting }) => setting)])).toEqual([['region', true], ['dmp', false, 'authentication', 'signature'], ['mssante', true, 'tls'], ['lab-answers', true]]);
    expect(readFileSync(join(folder, 'log'), 'utf8')).not.toMatch(/279035121518989|MARTIN|LEFEBVRE/);
  });

  it('serves health, metrics, $validate and $convert', async () => {
    const get = async (path: string) => (await fetch(`${addresses.http}${path}`)).text();
    expect(JSON.parse(await get('/health/ready'))).toEqual({ status: 'ready', reasons: [], pausedDestinations: 0 });
    expect(await get('/metrics')).toMatch(/passerelle_conservation_messages\{class="received"\} [3-5]\n/);
    const post = async (path: string, file: string) => (await (await fetch(`${addresses.http}${path}`, { method: 'POST', body: readFileSync(fixture(file)) })).json()) as Record<string, unknown>;
    expect(await post('/fhir/$convert', 'hl7v2/oru-r01/haematology/in.hl7')).toMatchObject({ messageType: 'ORU^R01', bundle: { resourceType: 'Bundle' } });
    expect(await post('/fhir/$validate', 'fhir/patient/insnia-without-key/in.json')).toMatchObject({ resourceType: 'OperationOutcome' });
  }, 60_000);

  it('a paused destination takes nothing, over a restart too, until it is resumed; who and why are kept', async () => {
    const get = async (path: string) => (await fetch(`${addresses.http}${path}`)).text();
    let trace = '';
    const until = async (state: string) => { for (let i = 0; i < 50 && deliveryTo(trace, 'region')?.state !== state; i++) await new Promise((wake) => { setTimeout(wake, 100); }); return deliveryTo(trace, 'region')?.state; };
    const unknown = passerelle('destinations', 'pause', 'nowhere', '--why', 'x');
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringMatching(/nowhere.*region/)]);
    expect(passerelle('destinations', 'pause', 'region').code).toBe(2);
    expect(passerelle('destinations', 'pause', 'region', '--why', 'incident 12', '--by', 'lea').rows[0]).toMatchObject({ destination: 'region', act: 'pause', running: true });
    expect(passerelle('destinations', 'pause', 'region', '--why', 'x').code).toBe(1);
    passerelle('send', fixture('hl7v2/oru-r01/microbiology/in.hl7'), '--to', addresses.mllp ?? '');
    trace = String(passerelle('messages', 'list').rows.find((one) => one.source === 'laboratoire')?.trace);
    expect(passerelle('doctor').rows[0]).toMatchObject({ problems: [misfit], paused: [{ destination: 'region', by: 'lea', why: 'incident 12' }] });
    expect(JSON.parse(await get('/health/ready'))).toEqual({ status: 'ready', reasons: [], pausedDestinations: 1 });
    expect(await get('/metrics')).toMatch(/passerelle_destination_paused\{destination="region"\} 1/);
    await stop();
    await start();
    expect(await get('/metrics')).toMatch(/passerelle_destination_paused\{destination="region"\} 1/);
    await new Promise((wake) => { setTimeout(wake, 300); });
    expect(deliveryTo(trace, 'region')?.state).toBe('waiting');
    expect(spawnSync(process.execPath, [join(root, 'bin/passerelle.js'), 'messages', 'show', trace, '--config', config], { encoding: 'utf8', cwd: folder }).stdout).toMatch(/! region : suspendue depuis .* par lea \(incident 12\)/);
    expect(passerelle('destinations', 'list').rows.find((one) => one.id === 'region')).toMatchObject({ paused: { by: 'lea' }, deliveries: { waiting: 1 } });
    expect(passerelle('destinations', 'resume', 'region', '--why', 'fini', '--by', 'sam').code).toBe(0);
    expect(await until('delivered')).toBe('delivered');
    expect(passerelle('destinations', 'list', '--history').rows.map((one) => [one.paused, one.by])).toEqual([[true, 'lea'], [false, 'sam']]);
    expect(readFileSync(join(folder, 'log'), 'utf8')).not.toContain('incident 12');
  }, 60_000);

  it('backs up while running; what it restores is sound and needs the same keys', async () => {
    const copy = join(folder, 'copy.sqlite');
    expect(passerelle('backup', copy).code).toBe(0);
    expect(await stop()).toBe(0);
    rmSync(join(folder, 'data'), { recursive: true });
    const restored = passerelle('restore', copy);
    expect([restored.code, restored.errors]).toEqual([0, '']);
    expect((restored.rows[0]?.beside as string[]).map((one) => basename(one))).toEqual(['audit.sqlite', 'accounts.sqlite', 'operations.sqlite', 'incidents.sqlite']);
    // Who acted is still there, and the chain agrees with the head that the restored journal knows.
    expect(passerelle('audit', 'verify').rows[0]).toMatchObject({ sound: true });
    expect(passerelle('accounts', 'list').rows).toMatchObject([{ name: 'admin', sessions: 0 }]);
    expect(passerelle('doctor').rows[0]).toMatchObject({ running: false, problems: [] });
    expect(existsSync(join(folder, 'data', 'control.sock'))).toBe(false);
    rmSync(join(folder, 'keys'), { recursive: true });
    expect(passerelle('doctor')).toMatchObject({ code: 1, rows: [] });
  }, 60_000);
});
