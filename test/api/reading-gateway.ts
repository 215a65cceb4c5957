import { Ajv } from 'ajv';
import express from 'express';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, type Running } from '../../src/commands/start.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/model.ts';
import type { RouteShape } from '../../src/operate/api/contract/route.ts';
import { Limits } from '../../src/operate/api/limits.ts';
import { peerOf } from '../../src/operate/api/peer.ts';
import { apiRouter, type OpenSession } from '../../src/operate/api/router.ts';
import type { Audit, AuditEntry } from '../../src/operate/audit/audit.ts';
import { noCanary } from '../canary.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const fixture = (name: string): Buffer => readFileSync(join(root, 'fixtures', name));

const caller = (account: string, role: OpenSession['caller']['role'], sources: readonly string[] | null = null, destinations: readonly string[] | null = null): OpenSession =>
  ({ id: `of-${account}`, caller: { account, role, organisation: null, scope: { sources, destinations } }, csrf: 'token', passwordMustChange: false });
/** Accounts of the tests: who sees all, who sees one source or one destination only. */
const accounts: Readonly<Record<string, OpenSession>> = {
  olga: caller('olga', 'operator'), elsewhere: { ...caller('olga', 'operator'), id: 'of-olga-elsewhere' }, otto: caller('otto', 'operator'), vera: caller('vera', 'viewer'), hospital: caller('hospital', 'operator', ['hopital']), mail: caller('mail', 'operator', null, ['mssante']),
};

export interface Answered { readonly status: number; readonly text: string; readonly json: Record<string, unknown> }
/** A real gateway on the sample configuration, its partners simulated, and its routes behind sessions of the tests. Every answer is held to its schema. */
export interface ReadingGateway {
  readonly running: Running;
  readonly audited: AuditEntry[];
  readonly base: string;
  /** Every answer of the API so far, as it left. */
  readonly said: string[];
  send(bytes: Uint8Array): Promise<string>;
  ask(method: string, path: string, options?: { readonly as?: string; readonly body?: unknown; readonly language?: string }): Promise<Answered>;
  /** Asks until it is so. */
  until(what: () => Promise<boolean>): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const pathOf = ({ path }: RouteShape): RegExp => new RegExp(`^${path.replace(/:[a-z]+/gi, '[^/]+')}$`);

export async function readingGateway(change: (config: Config) => Config = (one) => one): Promise<ReadingGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-api-'));
  const file = join(folder, 'passerelle.yaml');
  // A structure that the laboratory is not part of: its DMP deliveries are left to a person.
  writeFileSync(file, readFileSync(join(root, 'passerelle.yaml'), 'utf8').replace('port: 2575', 'port: 0').replace('port: 8080', 'port: 0').replace("structure: { id: '1990000001'", "structure: { id: '1990000027'"));
  const config = change(loadConfig(file));
  const ajv = new Ajv({ strict: false });
  const [audited, said]: [AuditEntry[], string[]] = [[], []];
  let running: Running, server: Server, closeApi: () => void;

  const start = async (): Promise<void> => {
    running = await run(config, { logFile: join(folder, 'log'), logLevel: 'info' });
    const limits = new Limits({ perSecond: 1000, burst: 10_000 }, Date.now);
    const audit = { begin: () => 1, write: (entry: AuditEntry) => { audited.push(entry); } } as unknown as Audit;
    const api = apiRouter({ table: running.gateway.routes, session: (token) => accounts[token] ?? null, audit, limits: { account: limits, address: limits }, clock: Date.now, peer: peerOf([]), secure: true, failed: (route, error) => { said.push(`${route} failed: ${error}`); } });
    closeApi = () => { api.close(); };
    const app = express();
    app.use(api.router);
    server = await new Promise<Server>((done) => { const one = app.listen(0, '127.0.0.1', () => { done(one); }); });
  };
  const stop = async (): Promise<void> => {
    closeApi();
    server.closeAllConnections();
    await new Promise((done) => { server.close(done); });
    await running.close();
  };
  await start();
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get running() { return running; }, audited, said, get base() { return base(); },
    send: async (bytes) => {
      const peer = new MllpPeer(Number(new URL(running.gateway.addresses.get('mllp') ?? '').port));
      peer.write(frame(Buffer.from(bytes).toString('latin1')));
      const [answer = ''] = await peer.got(1);
      peer.close();
      return answer;
    },
    ask: async (method, path, { as = 'olga', body, language = 'en' } = {}) => {
      const answer = await fetch(base() + path, {
        method, headers: { cookie: `__Host-session=${as}`, 'accept-language': language, ...(method === 'GET' ? {} : { 'x-csrf-token': 'token' }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      // A reveal shows what it was asked; anything else must not.
      if (!path.endsWith('/reveal')) said.push(text);
      const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      const route = running.gateway.routes.map((one) => one.route).find((one) => one.method === method && pathOf(one).test(path.split('?')[0] ?? ''));
      if (answer.status === 200 && typeof route?.answer === 'object' && !('events' in route.answer) && !ajv.validate(route.answer, json)) throw new Error(`${method} ${path}: ${ajv.errorsText()} in ${text.slice(0, 2000)}`);
      return { status: answer.status, text, json };
    },
    until: async (what) => { for (let i = 0; i < 200; i++) { if (await what()) return; await new Promise((wake) => { setTimeout(wake, 50); }); } throw new Error('it did not come to be so'); },
    restart: async () => { await stop(); await start(); },
    close: async () => {
      await stop();
      try { writeFileSync(join(folder, 'answers'), said.join('\n')); noCanary(folder, ['keys', 'data/bal']); } finally { rmSync(folder, { recursive: true, force: true }); }
    },
  };
}
