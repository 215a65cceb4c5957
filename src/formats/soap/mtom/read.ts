import { finding, type Finding } from '../../../domain/finding.ts';

export interface ReadPart {
  /** Without its angle brackets; '' when the part has none. */
  readonly contentId: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
export interface Limits { readonly maxBytes: number; readonly maxParts: number; readonly maxHeaderBytes: number }
export const defaultLimits: Limits = { maxBytes: 64 << 20, maxParts: 64, maxHeaderBytes: 16 << 10 };

type State = 'preamble' | 'boundary' | 'headers' | 'body' | 'epilogue' | 'failed';

/**
 * Reads a multipart body as it comes, whatever the chunks (RFC 2046 §5.1): CRLF line ends only, sizes capped, one pass. What
 * ends before its closing delimiter is truncated, and said to be.
 */
export class MultipartReader {
  readonly #delimiter: Buffer;
  readonly #limits: Limits;
  #state: State = 'preamble';
  // The first delimiter may stand at the very start: the line end before it is supposed.
  #rest: Buffer = Buffer.from('\r\n');
  #size = 0;
  /** Bytes of the line end before a part's content, still to be passed over. */
  #lead = 0;
  #pieces: Buffer[] = [];
  #headers: ReadonlyMap<string, string> = new Map();
  readonly #parts: ReadPart[] = [];
  #wrong: Finding | null = null;

  constructor(boundary: string, limits: Limits = defaultLimits) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#limits = limits;
  }

  write(chunk: Uint8Array): void {
    if (this.#state === 'failed' || this.#state === 'epilogue') return;
    this.#size += chunk.length;
    if (this.#size > this.#limits.maxBytes) { this.#fail(finding('soap.limits', '', `maxBytes ${this.#limits.maxBytes}`)); return; }
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([this.#rest, chunk]);
    while (this.#step()) { /* as far as these bytes go */ }
  }

  /** The parts, in order; `wrong` when the body was malformed or ended too early. */
  end(): { readonly parts: readonly ReadPart[]; readonly wrong: Finding | null } {
    if (this.#state !== 'epilogue' && this.#wrong === null) this.#fail(finding('soap.mime-truncated', ''));
    return { parts: this.#parts, wrong: this.#wrong };
  }

  #fail(why: Finding): boolean { this.#wrong = why; this.#state = 'failed'; this.#rest = Buffer.alloc(0); this.#pieces = []; return false; }

  #step(): boolean {
    switch (this.#state) {
      case 'preamble': case 'body': return this.#toDelimiter();
      case 'boundary': return this.#afterDelimiter();
      case 'headers': return this.#readHeaders();
      case 'epilogue': case 'failed': return false;
    }
  }

  #toDelimiter(): boolean {
    const at = this.#rest.indexOf(this.#delimiter);
    // The delimiter may begin in the last bytes: they stay for the next chunk.
    const sure = at >= 0 ? at : Math.max(0, this.#rest.length - this.#delimiter.length + 1);
    if (this.#state === 'body' && sure > 0) {
      const from = Math.min(this.#lead, sure);
      this.#lead -= from;
      this.#pieces.push(this.#rest.subarray(from, sure));
    }
    this.#rest = this.#rest.subarray(at >= 0 ? at + this.#delimiter.length : sure);
    if (at < 0) return false;
    if (this.#state === 'body' && !this.#closePart()) return false;
    this.#state = 'boundary';
    return true;
  }

  /** `--` closes the body; else a line end begins a part, after any transport padding. */
  #afterDelimiter(): boolean {
    if (this.#rest.length < 2) return false;
    if (this.#rest[0] === 0x2d && this.#rest[1] === 0x2d) { this.#state = 'epilogue'; this.#rest = Buffer.alloc(0); return false; }
    let at = 0;
    while (this.#rest[at] === 0x20 || this.#rest[at] === 0x09) at += 1;
    if (at > this.#limits.maxHeaderBytes) return this.#fail(finding('soap.limits', '', `maxHeaderBytes ${this.#limits.maxHeaderBytes}`));
    if (this.#rest.length < at + 2) return false;
    if (this.#rest[at] !== 0x0d || this.#rest[at + 1] !== 0x0a) return this.#fail(finding('soap.mime-headers', `part ${this.#parts.length + 1}`, String(this.#parts.length + 1)));
    // The line end stays: a part without headers is an empty line at once.
    this.#rest = this.#rest.subarray(at);
    this.#state = 'headers';
    return true;
  }

  #readHeaders(): boolean {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end > this.#limits.maxHeaderBytes || (end < 0 && this.#rest.length > this.#limits.maxHeaderBytes)) return this.#fail(finding('soap.limits', '', `maxHeaderBytes ${this.#limits.maxHeaderBytes}`));
    if (end < 0) return false;
    if (this.#parts.length >= this.#limits.maxParts) return this.#fail(finding('soap.limits', '', `maxParts ${this.#limits.maxParts}`));
    const lines = this.#rest.subarray(0, end).toString('latin1').replace(/\r\n[ \t]+/g, ' ').split('\r\n').filter((line) => line !== '');
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon <= 0) return this.#fail(finding('soap.mime-headers', `part ${this.#parts.length + 1}`, String(this.#parts.length + 1)));
      headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    this.#headers = headers;
    // The line end before the content stays: where there is no content, the delimiter begins with it.
    this.#rest = this.#rest.subarray(end + 2);
    this.#lead = 2;
    this.#state = 'body';
    return true;
  }

  #closePart(): boolean {
    const raw = this.#pieces.length === 1 && this.#pieces[0] !== undefined ? this.#pieces[0] : Buffer.concat(this.#pieces);
    this.#pieces = [];
    const encoding = (this.#headers.get('content-transfer-encoding') ?? 'binary').toLowerCase();
    if (!['binary', '8bit', '7bit', 'base64'].includes(encoding)) return this.#fail(finding('soap.mime-encoding', `part ${this.#parts.length + 1}`, encoding.replace(/[^\w-]/g, '')));
    this.#parts.push({
      contentId: (this.#headers.get('content-id') ?? '').replace(/^<|>$/g, ''), contentType: this.#headers.get('content-type') ?? '',
      bytes: encoding === 'base64' ? Buffer.from(raw.toString('latin1'), 'base64') : raw,
    });
    return true;
  }
}
