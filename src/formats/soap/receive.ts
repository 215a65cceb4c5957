import { finding, type Finding } from '../../domain/finding.ts';
import { readContentType } from './content-type.ts';
import { defaultLimits, MultipartReader, type Limits, type ReadPart } from './mtom/read.ts';

/** A message as received: its SOAP root, and its binary parts by Content-ID. `wrong`: what keeps it from being read. */
export interface Received { readonly root: Uint8Array; readonly parts: ReadonlyMap<string, ReadPart>; readonly wrong: Finding | null }
/** Takes the bytes of an HTTP body as they come. */
export interface Receiving { write(chunk: Uint8Array): void; end(): Received }

const nothing = new Uint8Array();
const failed = (wrong: Finding): Received => ({ root: nothing, parts: new Map(), wrong });

class Plain implements Receiving {
  readonly #limits: Limits;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  constructor(limits: Limits) { this.#limits = limits; }
  write(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size <= this.#limits.maxBytes) this.#chunks.push(chunk);
  }
  end(): Received {
    if (this.#size > this.#limits.maxBytes) return failed(finding('soap.limits', '', `maxBytes ${this.#limits.maxBytes}`));
    return { root: Buffer.concat(this.#chunks), parts: new Map(), wrong: null };
  }
}

class Multipart implements Receiving {
  readonly #reader: MultipartReader;
  readonly #start: string;
  constructor(boundary: string, start: string, limits: Limits) { this.#reader = new MultipartReader(boundary, limits); this.#start = start; }
  write(chunk: Uint8Array): void { this.#reader.write(chunk); }
  end(): Received {
    const { parts, wrong } = this.#reader.end();
    if (wrong !== null) return failed(wrong);
    // Without `start` the first part is the root (RFC 2387 §3.2).
    const root = this.#start === '' ? parts[0] : parts.find(({ contentId }) => contentId === this.#start);
    if (root === undefined) return failed(finding('soap.mime-root', ''));
    return { root: root.bytes, parts: new Map(parts.filter((one) => one !== root).map((one) => [one.contentId, one])), wrong: null };
  }
}

/** How to take a body of this content type: SOAP alone, or MTOM (W3C SOAP12-MTOM §3). Null when it is neither. */
export function receiving(contentType: string, limits: Limits = defaultLimits): Receiving | null {
  const { type, parameters } = readContentType(contentType);
  if (type === 'multipart/related') {
    const boundary = parameters.get('boundary') ?? '';
    return boundary === '' || boundary.length > 70 ? null : new Multipart(boundary, (parameters.get('start') ?? '').replace(/^<|>$/g, ''), limits);
  }
  return type === 'application/soap+xml' || type === 'text/xml' || type === 'application/xop+xml' ? new Plain(limits) : null;
}
