import { createTransport } from 'nodemailer';
import { contextOptions } from '../../src/net/tls.ts';
import type { MssanteConfig } from './config.ts';
import { smtpAuth } from './credentials.ts';
import { Upload } from './upload.ts';

/** A pool of connections to the operator, its certificate and secrets read now. Throws SettingFault when they cannot be. */
export function poolFor({ host, port, security, tls, auth, limits, destination }: MssanteConfig) {
  const pool = createTransport({
    pool: true, host, port, secure: security === 'implicit', requireTLS: security === 'starttls',
    tls: { minVersion: 'TLSv1.2', ...(tls === null ? {} : contextOptions(tls, `${destination}.settings.tls`)) },
    maxConnections: limits.connections, maxMessages: limits.messagesPerConnection, rateDelta: 1000, rateLimit: limits.perSecond,
    // Whether a mail goes again is for the delivery engine to say, which knows what may have arrived (invariant 8).
    maxRequeues: 0,
    connectionTimeout: limits.connectMs, greetingTimeout: limits.connectMs,
    // The engine bounds an attempt by its signal; this only keeps a forgotten connection from living for ever.
    socketTimeout: 600_000, idleTimeout: 30_000,
    disableFileAccess: true, disableUrlAccess: true, forceAuth: auth.type !== 'none', ...smtpAuth(auth, limits.connectMs),
  });
  // Left alone, nodemailer reads a mail ahead of the dialogue: how far it had gone when the connection was lost would not be known.
  pool.use('stream', (mail, done) => {
    const { upload } = mail.data as { readonly upload?: unknown };
    if (upload instanceof Upload) mail.message.createReadStream = () => upload.stream();
    done();
  });
  return pool;
}
export type Pool = ReturnType<typeof poolFor>;
