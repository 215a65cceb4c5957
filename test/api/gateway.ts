import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeGateway, type Gateway, type GatewayOptions } from '../../src/compose/gateway.ts';
import { keyRingOf } from '../../src/compose/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createLog } from '../../src/operate/log/log.ts';
import type { Role } from '../../src/operate/api/contract/route.ts';
import { version } from '../../src/version.ts';
import { fitsContract } from './fits-contract.ts';
import { folder, settings } from '../e2e/gateway.ts';

export interface Answered { readonly status: number; readonly headers: Headers; readonly body: Record<string, never>; readonly text: string }
export interface AskMore { readonly headers?: Readonly<Record<string, string>>; /** Absent: JSON. */ readonly raw?: Uint8Array }
/** One browser: its cookies, and the CSRF token of its session. */
export interface Client {
  cookie: string;
  csrf: string;
  ask(method: string, path: string, body?: unknown, more?: AskMore): Promise<Answered>;
  login(account: string, password: string): Promise<Answered>;
}
export interface ApiGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly place: string;
  /** The configuration's file. */
  readonly config: string;
  /** Nobody. */
  client(): Client;
  /** Signed in as the first administrator, whose password was changed. */
  administrator(): Promise<Client>;
  /** Signed in to a new account of this role. */
  as(role: Role, scope?: { readonly organisation?: string; readonly sources?: readonly string[]; readonly destinations?: readonly string[] }): Promise<Client & { readonly account: string }>;
  log(): string;
  close(): Promise<void>;
}

export const goodPassword = 'un mot de passe bien long';

/** A gateway in this process, with its API on a port of its own. `changed`: settings that differ from those of the e2e tests. */
export async function apiGateway(changed: Readonly<Record<string, unknown>> = {}, clock?: () => number, more: Partial<GatewayOptions> = {}): Promise<ApiGateway> {
  const place = folder();
  const file = settings(place.path, {
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, { name: 'http', kind: 'http', port: 0, roles: ['intake', 'api', 'metrics'] }],
    sources: [{ id: 'lab', organisation: 'Labo', listeners: ['mllp', 'http'], networks: ['127.0.0.0/8'], senders: ['*'] }], ...changed,
  });
  const config = loadConfig(file);
  const logFile = join(place.path, 'log.ndjson');
  const log = createLog({ level: 'info', file: logFile });
  const gateway = await composeGateway({ config, keys: keyRingOf(config), version, log, passwordCost: { N: 1024, r: 8, p: 1 }, ...(clock === undefined ? {} : { clock }), ...more });
  const url = gateway.addresses.get('http') ?? '';
  const { first } = gateway.operators;
  let accounts = 0;
  let known: Client | null = null;

  /** What a viewer is told without a reveal goes into the folder, where it is looked at in the end. */
  const client = (looking = false): Client => {
    const me: Client = {
      cookie: '', csrf: '',
      ask: async (method, path, body, more = {}) => {
        const answer = await fetch(`${url}${path}`, {
          method, redirect: 'manual', ...(more.raw === undefined ? body === undefined ? {} : { body: JSON.stringify(body) } : { body: Buffer.from(more.raw) }),
          headers: { ...(me.cookie === '' ? {} : { cookie: me.cookie }), ...(me.csrf === '' ? {} : { 'x-csrf-token': me.csrf }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more.headers },
        });
        const text = await answer.text();
        if (looking && !path.endsWith('/reveal')) appendFileSync(join(place.path, 'answers'), text);
        for (const set of answer.headers.getSetCookie()) if (/^(__Host-)?session/.test(set)) me.cookie = set.split(';')[0] ?? '';
        const parsed = (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) as Record<string, never> : {};
        fitsContract(method, path, answer.status, answer.headers.get('content-type') ?? '', parsed);
        if (typeof parsed.csrf === 'string') me.csrf = parsed.csrf;
        return { status: answer.status, headers: answer.headers, body: parsed, text };
      },
      login: (account, password) => me.ask('POST', '/api/session', { account, password }),
    };
    return me;
  };
  const signedIn = async (account: string, oneTime: string, looking = false): Promise<Client> => {
    const me = client(looking);
    await me.login(account, oneTime);
    const changedIt = await me.ask('PUT', '/api/session/password', { present: oneTime, wanted: goodPassword });
    if (changedIt.status !== 200) throw new Error(`no session for ${account}: ${changedIt.text}`);
    return me;
  };
  const administrator = async (): Promise<Client> => {
    if (known !== null && (await known.ask('GET', '/api/session')).text.includes('"signedIn":true')) return known;
    const me = client();
    return known = (await me.login(first?.account ?? '', goodPassword)).status === 200 ? me : await signedIn(first?.account ?? '', first?.oneTimePassword ?? '');
  };
  return {
    gateway, url, place: place.path, config: file, client: () => client(), administrator,
    as: async (role, scope = {}) => {
      const name = `${role}-${++accounts}`;
      const made = await (await administrator()).ask('POST', '/api/accounts', { name, role, ...scope });
      if (made.status !== 200) throw new Error(`no account ${name}: ${made.text}`);
      return Object.assign(await signedIn(name, String(made.body.oneTimePassword), role === 'viewer'), { account: name });
    },
    log: () => { log.flush(); return readFileSync(logFile, 'utf8'); },
    close: async () => { await gateway.close(2000); log.flush(); place.remove(); },
  };
}
