import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request } from 'undici';
import { openPromise } from 'yauzl';
import type { Secret } from '../../../src/domain/secret.ts';
import { contextOptions } from '../../../src/net/tls.ts';

/** Why a list was not brought: `HTTP 503`, a code of the system or of TLS, or a word. No address, no text of the server's. */
export class NotBrought extends Error {
  override readonly name = 'NotBrought';
  readonly detail: string;
  constructor(detail: string, options?: ErrorOptions) { super(detail, options); this.detail = detail; }
}

export interface DownloadSettings {
  readonly url: string;
  /** Where the list is put, whole, in one rename: who reads it sees the old one or the new one. */
  readonly path: string;
  /** Most bytes, of what comes and of what is in it when it is a ZIP. */
  readonly maxBytes: number;
  /** The authority of its server (IGC-Santé, which no system knows). */
  readonly ca?: Secret;
  readonly timeoutMs?: number;
}

/** What the server said of the copy that is there: asked again, it need not send the same one. */
interface Seen { readonly etag: string; readonly modified: string }
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const capped = (most: number): Transform => {
  let bytes = 0;
  return new Transform({
    transform: (chunk: Buffer, _, done) => {
      bytes += chunk.length;
      if (bytes > most) done(new NotBrought('size')); else done(null, chunk);
    },
  });
};

async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32BE(0) === 0x504b0304;
  } finally { await file.close(); }
}

/** The one file of the archive, beside it. */
async function unpacked(path: string, most: number): Promise<string> {
  const archive = await openPromise(path, { lazyEntries: true, validateEntrySizes: true });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entry.uncompressedSize > most) throw new NotBrought('size');
      await pipeline(await archive.openReadStreamPromise(entry), capped(most), createWriteStream(`${path}.unpacked`));
      return `${path}.unpacked`;
    }
  } finally { archive.close(); }
  throw new NotBrought('empty archive');
}

/** Brings a list from where it is published. What it brings is judged by who reads it (last-good.ts), never here. */
export class Download {
  readonly #settings: DownloadSettings;
  readonly #closing = new AbortController();
  #seen: Seen = { etag: '', modified: '' };
  constructor(settings: DownloadSettings) { this.#settings = settings; }

  /** Ends what is under way. */
  close(): void { this.#closing.abort(); }

  /** @returns true when another copy than the last one is there. @throws NotBrought */
  async bring(): Promise<boolean> {
    const { url, path, ca, maxBytes, timeoutMs = 120_000 } = this.#settings;
    const part = `${path}.part`;
    let agent: Agent | null = null;
    try {
      agent = new Agent(ca === undefined ? {} : { connect: contextOptions({ ca, mutual: false }, 'recipients.download') });
      const { etag, modified } = this.#seen;
      const { statusCode, headers, body } = await request(url, {
        dispatcher: agent, signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#closing.signal]),
        headers: { ...(etag === '' ? {} : { 'if-none-match': etag }), ...(modified === '' ? {} : { 'if-modified-since': modified }) },
      });
      if (statusCode !== 200) await body.dump();
      if (statusCode === 304) return false;
      if (statusCode !== 200) throw new NotBrought(`HTTP ${String(statusCode)}`);
      await pipeline(body, capped(maxBytes), createWriteStream(part));
      await rename(await isZip(part) ? await unpacked(part, maxBytes) : part, path);
      this.#seen = { etag: text(headers.etag), modified: text(headers['last-modified']) };
      return true;
    } catch (error) {
      if (error instanceof NotBrought) throw error;
      const { code } = error as { readonly code?: unknown };
      throw new NotBrought(text(code) || (error instanceof Error ? error.name : ''), { cause: error });
    } finally {
      await rm(part, { force: true });
      await rm(`${part}.unpacked`, { force: true });
      await agent?.destroy();
    }
  }
}
