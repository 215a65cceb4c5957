import { createRequire } from 'node:module';

interface Connection { send(code: number, text?: string): void; session: { user?: unknown }; _nextHandler?: unknown }
type Handler = (this: Connection, args: string[], done: () => void) => void;
const mechanisms = createRequire(import.meta.url)('smtp-server/lib/sasl') as Record<string, Handler | undefined>;

const accept = (connection: Connection, token: string, done: () => void): void => {
  const identity = token === '=' ? '' : Buffer.from(token, 'base64').toString('utf8');
  connection.session.user = { username: identity === '' ? 'certificate' : identity };
  connection.send(235, '2.7.0 Authentication successful');
  done();
};

/** EXTERNAL (RFC 4422 appendix A), which smtp-server lacks: the identity is that of the certificate, judged elsewhere. */
function external(this: Connection, args: string[], done: () => void): void {
  const [token] = args;
  if (token !== undefined) { accept(this, token, done); return; }
  this._nextHandler = (line: Buffer, next: () => void) => { accept(this, line.toString().trim() || '=', next); };
  this.send(334);
  done();
}

/** Makes the mechanism known; an SMTP server offers it only when its `authMethods` say so. */
export const knowExternal = (): void => { mechanisms.SASL_EXTERNAL = external; };
