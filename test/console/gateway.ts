import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { folder } from '../e2e/gateway.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/model.ts';
import { openSender } from '../../src/commands/send.ts';
import { roles, type Role } from './pages.ts';
import { startEnvironment, startOptions } from '../as-started.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
interface Sample { listeners: { name: string; port: number }[]; [setting: string]: unknown }

/** Somebody signed in: what a browser and `fetch` need to be them. */
export interface Person { readonly role: Role; readonly cookie: { readonly name: string; readonly value: string }; readonly csrf: string }
export interface ConsoleGateway {
  readonly address: string;
  readonly people: Readonly<Record<Role, Person>>;
  readonly admin: { readonly account: string; readonly password: string };
  /** Somebody new, signed in; of one organisation when it is given. */
  enter(name: string, role: Role, organisation?: string): Promise<Person>;
  /** Of its process. */
  readonly pid: number;
  readonly mllp: URL;
  /** As a source system would, by MLLP. @returns its acknowledgement's code */
  send(bytes: Uint8Array): Promise<string>;
  ask<T>(person: Person, method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

export interface Changed {
  /** Of the sample configuration. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What is in its journal before it starts. */
  readonly seed?: (config: Config) => Promise<void>;
  /** Where it all is; by default a folder that is looked through for patients' values before it goes. */
  readonly place?: ReturnType<typeof folder>;
}

/** The sample configuration, as `npm start` runs it, on free ports and a folder of its own; one account of each role. */
export async function consoleGateway({ settings = {}, seed, place = folder() }: Changed = {}): Promise<ConsoleGateway> {
  const sample = parse(readFileSync(join(root, 'passerelle.yaml'), 'utf8')) as Sample;
  const wanted: Sample = { ...sample, ...settings };
  const file = join(place.path, 'passerelle.yaml');
  writeFileSync(file, JSON.stringify({ ...wanted, listeners: wanted.listeners.map((one) => ({ ...one, port: 0 })) }));
  if (seed !== undefined) { mkdirSync(join(place.path, 'keys')); await seed(loadConfig(file)); }
  const child = spawn(process.execPath, [...startOptions, join(root, 'bin/passerelle.js'), 'start', '--config', file, '--json', '--log', join(place.path, 'log')], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...startEnvironment } });
  const ended = new Promise<number | null>((resolve) => { child.once('close', resolve); });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString('utf8'); });
  const said = new Map<string, Record<string, unknown>>();
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const record = JSON.parse(line) as { event?: string };
      said.set(record.event ?? '', record);
      if (said.has('listening') && said.has('first-account')) resolve();
    });
    void ended.then(() => { reject(new Error(`the gateway did not start: ${errors}`)); });
  });
  const { addresses } = said.get('listening') as unknown as { addresses: Record<string, string> };
  const first = said.get('first-account') as unknown as { account: string; oneTimePassword: string };
  const address = (addresses.http ?? '').replace('0.0.0.0', '127.0.0.1');
  const password = 'un mot de passe choisi';
  const administrator = await signIn(address, 'administrator', first.account, first.oneTimePassword, password);
  const people = { administrator } as Record<Role, Person>;
  const enter = async (name: string, role: Role, organisation: string | null = null): Promise<Person> => {
    const { oneTimePassword } = await ask<{ oneTimePassword: string }>(address, administrator, 'POST', '/api/accounts', { name, role, organisation });
    return signIn(address, role, name, oneTimePassword, password);
  };
  for (const role of roles.filter((one) => one !== 'administrator')) people[role] = await enter(role, role);
  return {
    address, people, enter, pid: child.pid ?? 0, mllp: new URL(addresses.mllp ?? ''), admin: { account: first.account, password },
    send: async (bytes) => {
      const sender = openSender(new URL(addresses.mllp ?? ''), { timeoutMs: 20_000 });
      try { return (await sender.send(bytes)).code; } finally { sender.close(); }
    },
    ask: (person, method, path, body) => ask(address, person, method, path, body),
    stop: async () => { child.kill('SIGTERM'); const code = await ended; place.remove(); if (code !== 0) throw new Error(`the gateway ended with ${String(code)}: ${errors}`); },
  };
}

const cookieOf = (response: Response): Person['cookie'] | undefined => {
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '') ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
};

async function answer(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.url}: ${String(response.status)} ${await response.text()}`);
  return response.status === 204 ? undefined : await response.json();
}

async function ask<T>(address: string, { cookie, csrf }: Pick<Person, 'cookie' | 'csrf'>, method: string, path: string, body?: unknown): Promise<T> {
  return await answer(await fetch(address + path, { method, body: body === undefined ? null : JSON.stringify(body), headers: { cookie: `${cookie.name}=${cookie.value}`, origin: address, 'x-csrf-token': csrf, ...(body === undefined ? {} : { 'content-type': 'application/json' }) } })) as T;
}

/** Signs in with a one-time password, and puts another in its place. */
async function signIn(address: string, role: Role, account: string, present: string, wanted: string): Promise<Person> {
  const json = { 'content-type': 'application/json', origin: address };
  const opened = await fetch(`${address}/api/session`, { method: 'POST', headers: json, body: JSON.stringify({ account, password: present }) });
  const cookie = cookieOf(opened);
  const { csrf } = await answer(opened) as { csrf: string };
  if (cookie === undefined) throw new Error('no session cookie');
  const changed = await fetch(`${address}/api/session/password`, { method: 'PUT', headers: { ...json, cookie: `${cookie.name}=${cookie.value}`, 'x-csrf-token': csrf }, body: JSON.stringify({ present, wanted }) });
  const next = cookieOf(changed) ?? cookie;
  return { role, cookie: next, csrf: (await answer(changed) as { csrf: string }).csrf };
}
