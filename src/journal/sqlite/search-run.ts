/**
 * A run: the search index of consecutive messages, sorted once and written in leaves (docs/decisions/0009). An entry is a blind index,
 * then how far the message's number is from the run's first (u16, big endian); entries stand in the order of their bytes.
 */
const hashLength = 16;
export const entryLength = hashLength + 2;
/** Of an entry, in a leaf: a row of this size stands whole in SQLite's page of 4 KB, four to a page. */
const leafEntries = 50;
/** No run is longer: what an entry can say. */
const longestRun = 1 << 16;

/** Blind indexes from one to another, both included: one hash, or all that begin alike. */
export interface Range { readonly from: Uint8Array; readonly to: Uint8Array }

export const within = ({ from, to }: Range, hash: Uint8Array): boolean => Buffer.compare(hash, from) >= 0 && Buffer.compare(hash, to) <= 0;

export function entryOf(hash: Uint8Array, offset: number): Buffer {
  const entry = Buffer.alloc(entryLength);
  entry.set(hash);
  entry.writeUInt16BE(offset, hashLength);
  return entry;
}

/** Where the entries of a range begin and end among all others. */
export const bounds = ({ from, to }: Range): readonly [Buffer, Buffer] => [entryOf(from, 0), entryOf(to, longestRun - 1)];

export interface Row { readonly seq: number; /** Blind indexes, one after the other. */ readonly hashes: Uint8Array }

/** The leaves of a run over these messages, in order. */
export function leavesOf(first: number, rows: readonly Row[]): Buffer[] {
  const entries = Buffer.allocUnsafe(rows.reduce((sum, { hashes }) => sum + hashes.length, 0) / hashLength * entryLength);
  let at = 0;
  for (const { seq, hashes } of rows) {
    for (let from = 0; from < hashes.length; from += hashLength) {
      entries.set(hashes.subarray(from, from + hashLength), at);
      at = entries.writeUInt16BE(seq - first, at + hashLength);
    }
  }
  const order = sorted(entries);
  const leaves: Buffer[] = [];
  for (let from = 0; from < order.length; from += leafEntries) {
    const leaf = Buffer.allocUnsafe(Math.min(leafEntries, order.length - from) * entryLength);
    order.slice(from, from + leafEntries).forEach((entry, i) => { entries.copy(leaf, i * entryLength, entry * entryLength, (entry + 1) * entryLength); });
    leaves.push(leaf);
  }
  return leaves;
}

/** The order of the entries by their bytes. */
function sorted(entries: Buffer): number[] {
  const count = entries.length / entryLength;
  // Of each a number of 53 bits, how it begins and which it is: numbers are sorted without asking us about each two of them.
  const room = 2 ** Math.ceil(Math.log2(count + 1));
  const cut = Math.max(1, room / 2 ** 5);
  const beginning = (i: number): number => Math.floor(entries.readUIntBE(i * entryLength, 6) / cut);
  const order = Array.from(Float64Array.from({ length: count }, (_, i) => beginning(i) * room + i).sort(), (number) => number % room);
  const compared = (a: number, b: number): number => entries.compare(entries, b * entryLength, (b + 1) * entryLength, a * entryLength, (a + 1) * entryLength);
  // Those that begin alike stand as they came: nearly always one hash of several messages, which is in order already.
  for (let from = 0, to = 1; from < count; from = to, to = from + 1) {
    const first = beginning(order[from] ?? 0);
    let ordered = true;
    for (; to < count && beginning(order[to] ?? 0) === first; to += 1) ordered &&= compared(order[to - 1] ?? 0, order[to] ?? 0) <= 0;
    if (!ordered) order.slice(from, to).sort(compared).forEach((entry, i) => { order[from + i] = entry; });
  }
  return order;
}

/** How far the messages of a leaf that have an index of the range are from the run's first. */
export function* offsetsIn(leaf: Uint8Array, range: Range): Generator<number> {
  for (let at = 0; at < leaf.length; at += entryLength) {
    if (within(range, leaf.subarray(at, at + hashLength))) yield (leaf[at + hashLength] ?? 0) << 8 | (leaf[at + hashLength + 1] ?? 0);
  }
}

/** A leaf without one of its entries; null when it does not have it. */
export function without(leaf: Uint8Array, entry: Uint8Array): Buffer | null {
  for (let at = 0; at < leaf.length; at += entryLength) {
    if (Buffer.compare(leaf.subarray(at, at + entryLength), entry) === 0) return Buffer.concat([leaf.subarray(0, at), leaf.subarray(at + entryLength)]);
  }
  return null;
}
