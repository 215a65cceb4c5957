import { X509Certificate } from 'node:crypto';
import { Readable } from 'node:stream';
import { isIP } from 'node:net';
import { connect as tlsConnect, type SecureContextOptions } from 'node:tls';
import { Agent, request } from 'undici';
import type { Clock, Ids } from '../../src/domain/clock.ts';
import { writeMtom } from '../../src/formats/soap/mtom/write.ts';
import { readSoap, type SoapMessage } from '../../src/formats/soap/read.ts';
import { receiving } from '../../src/formats/soap/receive.ts';
import { soapContentType, soapEnvelope } from '../../src/formats/soap/write.ts';
import { readSecretText } from '../../src/net/secret.ts';
import { contextOptions } from '../../src/net/tls.ts';
import type { DmpConfig } from './config.ts';
import type { Actor } from './content.ts';
import { distinguishedName } from './distinguished-name.ts';
import type { Body } from './lot.ts';
import { signVihf } from './sign-vihf.ts';
import type { Signer } from './signer.ts';
import { vihf } from './vihf.ts';

export type Service = keyof DmpConfig['paths'];
export interface Call extends Body { readonly service: Service; readonly action: string; readonly actor: Actor }
/** An answer as far as it could be read. `message` is null when it is no SOAP; `why` then says what it is. */
export interface Answer { readonly status: number; readonly retryAfterMs: number | null; readonly message: SoapMessage | null; readonly root: Uint8Array; readonly why: string }

/** A VIHF or a lot could not be signed: nothing was sent. The signer's own words stay with it. */
export class CannotSign extends Error { override readonly name = 'CannotSign' }

/** The connection ended before an answer was read; `cause` is its error. */
export class NoAnswer extends Error { override readonly name = 'NoAnswer' }

/** The only part that speaks to the DMP. */
export interface Exchange {
  /** Rejects with NoAnswer when no answer came, with CannotSign when nothing was sent. */
  call(call: Call, signal: AbortSignal): Promise<Answer>;
  /** Our certificate shown and the DMP's checked, nothing asked; rejects when it cannot be reached. */
  reach(timeoutMs: number): Promise<void>;
  /** Milliseconds between the DMP's clock and ours, as its last answer told; null before the first. */
  skew(): number | null;
  /** The certificate that is shown: what its file holds since, the next start shows. */
  readonly certificate: X509Certificate;
  close(): Promise<void>;
}

/** Retry-After in seconds (RFC 9110 §10.2.3), in milliseconds. */
const retryAfter = (header: string | string[] | undefined): number | null => {
  const seconds = Number(Array.isArray(header) ? header[0] : header ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
};
const one = (header: string | string[] | undefined): string => (Array.isArray(header) ? header[0] : header) ?? '';

const certificateOf = ({ cert }: SecureContextOptions): X509Certificate => new X509Certificate(cert as string | Buffer);

/** Opens the way to the DMP. Throws SettingFault when its TLS settings cannot be used. */
export function openExchange(config: DmpConfig, signer: Signer, { clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Exchange {
  const { limits, baseUrl, paths } = config;
  const tls = contextOptions({ ...config.authentication, mutual: true }, `${config.destination}.authentication`);
  const dispatcher = new Agent({
    connections: limits.connections, pipelining: 1,
    // The engine bounds an attempt by its signal; these only keep a forgotten socket from living for ever.
    headersTimeout: 300_000, bodyTimeout: 300_000, keepAliveTimeout: 30_000,
    connect: { timeout: limits.connectMs, ...tls },
  });
  let skew: number | null = null;
  const issuer = distinguishedName(signer.certificate.subject, config.vihf.issuer);

  const assertion = async (actor: Actor): Promise<string> => {
    try {
      return await signVihf(vihf({ ...actor, id: `_${ids()}`, at: clock(), issuer, homologation: readSecretText(config.homologation) }, config), signer);
    } catch (cause) { throw new CannotSign('the VIHF could not be signed', { cause }); }
  };

  /** Status, headers and body as they came. Rejects with NoAnswer. */
  const posted = async (to: string, written: { readonly contentType: string; readonly length: number; readonly chunks: readonly Uint8Array[] }, signal: AbortSignal) => {
    try {
      signal.throwIfAborted();
      const { statusCode: status, headers, body } = await request(to, {
        dispatcher, signal, method: 'POST', headers: { 'content-type': written.contentType, 'content-length': String(written.length), accept: 'application/soap+xml, multipart/related' },
        // Chunk by chunk: the documents' bytes go out as they are, never put together in one message.
        body: Readable.from(written.chunks, { objectMode: false }),
      });
      const into = receiving(one(headers['content-type']), { maxBytes: limits.maxAnswerBytes, maxParts: 64, maxHeaderBytes: 16 << 10 });
      for await (const chunk of body) into?.write(chunk as Uint8Array);
      return { status, headers, received: into?.end() ?? null };
    } catch (cause) { throw new NoAnswer('no answer', { cause }); }
  };

  return {
    call: async ({ service, action, actor, xml, parts }, signal) => {
      const to = `${baseUrl}${paths[service]}`;
      const messageId = `urn:uuid:${ids()}`;
      const envelope = Buffer.from(soapEnvelope({ action, messageId, to, security: await assertion(actor), body: xml }));
      const boundary = `passerelle-${ids()}`;
      const { status, headers, received } = await posted(to, parts.length === 0
        ? { contentType: soapContentType(action), length: envelope.length, chunks: [envelope] }
        : writeMtom({ boundary, action, root: { contentId: 'root@passerelle', xml: envelope }, parts }), signal);
      const date = Date.parse(one(headers.date));
      if (!Number.isNaN(date)) skew = date - clock();
      const answered = { status, retryAfterMs: retryAfter(headers['retry-after']) };
      const unread = (why: string): Answer => ({ ...answered, message: null, root: new Uint8Array(), why });
      if (received === null) return unread('not SOAP');
      const { root, wrong } = received;
      if (wrong !== null) return unread(wrong.code);
      const { message, wrong: notSoap } = readSoap(root);
      if (message === null) return unread(notSoap.code);
      // Answers mixed up by something in between would tell of another patient's lot (WS-Addressing 1.0 §3.4).
      if (message.relatesTo !== '' && message.relatesTo !== messageId) return unread('RelatesTo of another request');
      return { ...answered, message, root, why: '' };
    },
    reach: (timeoutMs) => new Promise((resolve, reject) => {
      const { hostname, port } = new URL(baseUrl);
      const socket = tlsConnect({ ...tls, host: hostname, port: port === '' ? 443 : Number(port), ...(isIP(hostname) === 0 ? { servername: hostname } : {}), timeout: timeoutMs });
      socket.once('secureConnect', () => { socket.destroy(); resolve(); });
      socket.once('timeout', () => { socket.destroy(new Error('timeout')); });
      socket.once('error', reject);
    }),
    skew: () => skew, certificate: certificateOf(tls),
    close: async () => { await dispatcher.destroy(); },
  };
}
