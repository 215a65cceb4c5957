import { Readable } from 'node:stream';
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

/** The only part that speaks to the DMP. */
export interface Exchange {
  /** Rejects with the connection's error when no answer came, with CannotSign when nothing was sent. */
  call(call: Call, signal: AbortSignal): Promise<Answer>;
  /** Milliseconds between the DMP's clock and ours, null when it does not tell; rejects when it cannot be reached. */
  skew(signal: AbortSignal): Promise<number | null>;
  close(): Promise<void>;
}

/** Retry-After in seconds (RFC 9110 §10.2.3), in milliseconds. */
const retryAfter = (header: string | string[] | undefined): number | null => {
  const seconds = Number(Array.isArray(header) ? header[0] : header ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
};
const one = (header: string | string[] | undefined): string => (Array.isArray(header) ? header[0] : header) ?? '';

/** Opens the way to the DMP. Throws SettingFault when its TLS settings cannot be used. */
export function openExchange(config: DmpConfig, signer: Signer, { clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Exchange {
  const { limits, baseUrl, paths, destination } = config;
  const dispatcher = new Agent({
    connections: limits.connections, pipelining: 1,
    // The engine bounds an attempt by its signal; these only keep a forgotten socket from living for ever.
    headersTimeout: 300_000, bodyTimeout: 300_000, keepAliveTimeout: 30_000,
    connect: { timeout: limits.connectMs, ...contextOptions({ ...config.authentication, mutual: true }, `${destination}.authentication`) },
  });
  const issuer = distinguishedName(signer.certificate.subject, config.vihf.issuer);

  const assertion = async (actor: Actor): Promise<string> => {
    try {
      return await signVihf(vihf({ ...actor, id: `_${ids()}`, at: clock(), issuer, homologation: readSecretText(config.homologation) }, config), signer);
    } catch (cause) { throw new CannotSign('the VIHF could not be signed', { cause }); }
  };

  return {
    call: async ({ service, action, actor, xml, parts }, signal) => {
      const to = `${baseUrl}${paths[service]}`;
      const envelope = Buffer.from(soapEnvelope({ action, messageId: `urn:uuid:${ids()}`, to, security: await assertion(actor), body: xml }));
      const boundary = `passerelle-${ids()}`;
      const written = parts.length === 0
        ? { contentType: soapContentType(action), length: envelope.length, chunks: [envelope] }
        : writeMtom({ boundary, action, root: { contentId: 'root@passerelle', xml: envelope }, parts });
      signal.throwIfAborted();
      const { statusCode, headers, body } = await request(to, {
        dispatcher, signal, method: 'POST', headers: { 'content-type': written.contentType, 'content-length': String(written.length), accept: 'application/soap+xml, multipart/related' },
        // Chunk by chunk: the documents' bytes go out as they are, never put together in one message.
        body: Readable.from(written.chunks, { objectMode: false }),
      });
      const into = receiving(one(headers['content-type']), { maxBytes: limits.maxAnswerBytes, maxParts: 64, maxHeaderBytes: 16 << 10 });
      for await (const chunk of body) into?.write(chunk as Uint8Array);
      const answered = { status: statusCode, retryAfterMs: retryAfter(headers['retry-after']) };
      const nothing = { ...answered, message: null, root: new Uint8Array() };
      if (into === null) return { ...nothing, why: 'not SOAP' };
      const { root, wrong } = into.end();
      if (wrong !== null) return { ...nothing, why: wrong.code };
      const read = readSoap(root);
      return read.message === null ? { ...nothing, why: read.wrong.code } : { ...answered, message: read.message, root, why: '' };
    },
    skew: async (signal) => {
      const { headers, body } = await request(`${baseUrl}${paths.registry}`, { dispatcher, signal, method: 'GET' });
      await body.dump();
      const date = Date.parse(one(headers.date));
      return Number.isNaN(date) ? null : date - clock();
    },
    close: async () => { await dispatcher.destroy(); },
  };
}
