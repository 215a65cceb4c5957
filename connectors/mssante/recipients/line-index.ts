/** FNV-1a, 32 bits. */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
const upper = (bytes: Uint8Array): Uint8Array => (bytes.some((byte) => byte >= 0x61 && byte <= 0x7a) ? Buffer.from(Buffer.from(bytes).toString('latin1').toUpperCase(), 'latin1') : bytes);

/**
 * Where the lines that have a text stand: 8 bytes a line, the text's hash above the line's offset (files up to 4 GiB). Two
 * texts may share a hash: who reads the line looks again.
 */
export class LineIndex {
  #entries = new BigUint64Array(1 << 16);
  #count = 0;

  add(text: Uint8Array, offset: number): void {
    if (text.length === 0) return;
    if (this.#count === this.#entries.length) { const grown = new BigUint64Array(this.#count * 2); grown.set(this.#entries); this.#entries = grown; }
    this.#entries[this.#count] = (BigInt(hash(upper(text))) << 32n) | BigInt(offset);
    this.#count += 1;
  }
  /** No more comes. */
  close(): void { this.#entries = this.#entries.slice(0, this.#count).sort(); }

  find(text: string): number[] {
    if (text === '') return [];
    const wanted = BigInt(hash(Buffer.from(text.toUpperCase(), 'utf8'))) << 32n;
    let low = 0, high = this.#count;
    while (low < high) { const middle = (low + high) >>> 1; if ((this.#entries[middle] ?? 0n) < wanted) low = middle + 1; else high = middle; }
    const found: number[] = [];
    for (let at = low; at < this.#count && ((this.#entries[at] ?? 0n) >> 32n) === wanted >> 32n; at++) found.push(Number((this.#entries[at] ?? 0n) & 0xffffffffn));
    return found;
  }
}
