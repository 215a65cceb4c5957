import { Readable } from 'node:stream';

/** Bytes given to the connection at a time: small beside a mail, so that how far it went can be told. */
const pieceBytes = 64 << 10;

/** A mail on its way: its bytes, and whether the connection took the last of them; the final dot follows at once. */
export class Upload {
  readonly #bytes: Buffer;
  ended = false;
  constructor(bytes: Buffer) { this.#bytes = bytes; }

  /** To be read once, when the operator has said 354. */
  stream(): Readable {
    const stream = Readable.from(this.#pieces(), { objectMode: false, highWaterMark: 1 });
    stream.once('end', () => { this.ended = true; });
    return stream;
  }

  * #pieces(): Generator<Buffer> {
    for (let at = 0; at < this.#bytes.length; at += pieceBytes) yield this.#bytes.subarray(at, at + pieceBytes);
  }
}
