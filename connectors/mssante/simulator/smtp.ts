import { randomUUID } from 'node:crypto';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { inTheClear, presented, type Authority, type Presented } from './certificate.ts';
import { refused, type Script, type SmtpFailure } from './failures.ts';
import { domainOf, type SmtpEnvelope } from './mail.ts';
import { knowExternal } from './sasl-external.ts';

export type Login = { readonly method: 'EXTERNAL' } | { readonly method: 'PLAIN'; readonly user: string; readonly password: string } | { readonly method: 'XOAUTH2'; readonly user: string; readonly token: string };

export interface SmtpSettings {
  readonly implicit: boolean;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly authority: Authority;
  /** The TLS handshake itself fails without a good certificate; else 421 4.7.1 at MAIL, as Postfix does. */
  readonly refuseInHandshake: boolean;
  /** Everything is let in, to be judged. */
  readonly open: boolean;
  readonly login: Login | null;
  readonly sizeBytes: number;
  readonly trusted: (domain: string) => boolean;
  readonly known: (address: string) => boolean;
  readonly now: () => number;
}

export interface SmtpEvents {
  readonly connected: () => void;
  readonly turnedAway: (reason: string) => void;
  /** The mail is whole. Throws what `refused` makes to say no; returns the queue identifier. */
  readonly arrived: (raw: Buffer, envelope: SmtpEnvelope, connection: Presented) => Promise<string>;
}

export interface Smtp { readonly port: number; reject(serials: readonly string[]): void; certificate(tls: { cert: string; key: string }): void; close(): Promise<void> }

/** What smtp-server does not declare. */
interface Session extends SMTPServerSession { readonly envelope: SMTPServerSession['envelope'] & { dsn?: { ret: string | null; envid: string | null }; bodyType?: string } }
interface Accepting { connect(socket: Socket, options: { readonly id: string }): void }
interface Open { readonly session: SMTPServerSession; readonly _socket: Socket }
interface Recipient { readonly address: string; readonly dsn?: { notify?: string[]; orcpt?: string } }

const envelopeOf = ({ envelope }: Session): SmtpEnvelope => ({
  from: envelope.mailFrom === false ? '' : envelope.mailFrom.address, envid: envelope.dsn?.envid ?? '', ret: envelope.dsn?.ret ?? '', body: envelope.bodyType ?? '',
  recipients: (envelope.rcptTo as readonly Recipient[]).map(({ address, dsn }) => ({ address, notify: dsn?.notify ?? [], orcpt: dsn?.orcpt ?? '' })),
});

/** An operator's submission port (RFC 5321, 3207, 3461, 1870) that plays a script of failures. */
export async function listenSmtp(settings: SmtpSettings, script: Script, events: SmtpEvents): Promise<Smtp> {
  let revoked: readonly string[] = settings.authority.revoked;
  const shown = new WeakMap<SMTPServerSession, Presented>();
  const of = (session: SMTPServerSession): Presented => shown.get(session) ?? inTheClear;
  const { login } = settings;
  if (login?.method === 'EXTERNAL') knowExternal();

  const context = { cert: settings.tls.cert, key: settings.tls.key, ca: settings.authority.ca, minVersion: 'TLSv1.2' as const };
  const clients = { requestCert: true, rejectUnauthorized: settings.refuseInHandshake };
  const server = new SMTPServer({
    name: 'smtp.operateur-test.mssante.test', secure: settings.implicit, secured: settings.implicit, ...context, ...clients, hideDSN: false, disableReverseLookup: true, logger: false, closeTimeout: 1000,
    size: settings.sizeBytes, authOptional: true, authMethods: login === null ? [] : [login.method], disabledCommands: login === null ? ['AUTH'] : [], allowInsecureAuth: false,
    onConnect: (session, done) => { events.connected(); play('connect', session, [], done); },
    onSecure: (socket, session, done) => { shown.set(session, presented(socket as TLSSocket, { ca: settings.authority.ca, revoked }, settings.now())); done(); },
    onAuth: (auth, _, done) => {
      const good = login?.method === 'PLAIN' ? auth.username === login.user && auth.password === login.password : login?.method === 'XOAUTH2' && auth.username === login.user && auth.accessToken === login.token;
      if (good) done(null, { user: auth.username }); else done(refused('535 5.7.8 Authentication credentials invalid'));
    },
    onMailFrom: (_, session, done) => {
      const reason = unwelcome(session);
      if (reason !== null) { events.turnedAway(reason); done(refused(reason)); return; }
      play('mail', session, [], done);
    },
    onRcptTo: ({ address }, session, done) => {
      if (!settings.open && !settings.trusted(domainOf(address))) { done(refused('554 5.7.1 Access denied: domain outside the trust space')); return; }
      if (!settings.open && !settings.known(address)) { done(refused('550 5.1.1 User doesn\'t exist')); return; }
      play('recipient', session, [address], done);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => { if (!stream.sizeExceeded) chunks.push(chunk); });
      stream.once('end', () => {
        if (stream.sizeExceeded) { done(refused('552 5.3.4 Message too big for system')); return; }
        const failure = script.next('data', session.envelope.rcptTo.map(({ address }) => address));
        const take = (then: (error: Error | null, said?: string) => void): void => {
          events.arrived(Buffer.concat(chunks), envelopeOf(session), of(session)).then((queue) => { then(null, `2.0.0 Ok: queued as ${queue}`); }, (error: unknown) => { then(error as Error); });
        };
        if (failure?.mode === 'drop-taken') take(() => { cut(session); });
        else if (failure === null) take(done);
        else act(failure, session, (error) => { if (error) done(error); else take(done); });
      });
    },
  });

  const unwelcome = (session: SMTPServerSession): string | null => {
    const { fault } = of(session);
    if (settings.open) return null;
    if (fault === 'clear') return '530 5.7.0 Must issue a STARTTLS command first';
    if (fault === 'absent') return '421 4.7.1 No client certificate presented';
    if (fault !== null) return `421 4.7.1 Client certificate not trusted (${fault})`;
    return login !== null && session.user === undefined ? '530 5.7.0 Authentication required' : null;
  };
  function cut(session: SMTPServerSession): void {
    for (const one of server.connections as Set<Open>) if (one.session === session) one._socket.destroy();
  }
  function act(failure: SmtpFailure, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    switch (failure.mode) {
      case 'answer': done(refused(failure.answer ?? '451 4.3.0 Temporary failure')); return;
      case 'drop': case 'drop-taken': cut(session); return;
      case 'slow': setTimeout(done, failure.delayMs ?? 2000).unref();
    }
  }
  function play(on: SmtpFailure['on'], session: SMTPServerSession, recipients: readonly string[], done: (error?: Error | null) => void): void {
    const failure = script.next(on, recipients);
    if (failure === null) done(); else act(failure, session, done);
  }

  // A client that breaks its handshake or its connection is its own affair.
  server.on('error', () => undefined);
  // smtp-server asks for no client certificate when TLS comes first: a TLS server of ours stands before it.
  const front = settings.implicit ? createTlsServer({ ...context, ...clients }, (socket) => { (server as unknown as Accepting).connect(socket, { id: randomUUID() }); }) : null;
  front?.on('tlsClientError', () => undefined);
  const listener: Server = front ?? server.server;
  await new Promise<void>((listening, failed) => { listener.once('error', failed); listener.listen(settings.port, '127.0.0.1', () => { listening(); }); });
  return {
    port: (listener.address() as AddressInfo).port,
    reject: (serials) => { revoked = serials; },
    certificate: (tls) => { front?.setSecureContext({ ...context, ...tls }); server.updateSecureContext({ ...context, ...tls }); },
    close: async () => {
      for (const one of server.connections as Set<Open>) one._socket.destroy();
      if (listener.listening) await new Promise<void>((closed) => { listener.close(() => { closed(); }); });
    },
  };
}
