/** Bytes that many texts share: memory of its own for each costs more than writing it. */
const shared = 1 << 20;
/** A text longer than this has memory of its own. */
const longest = 1 << 16;
let memory = Buffer.alloc(0);
let used = 0;

/** The pieces of a text as UTF-8, without putting them together first. The bytes stand in shared memory, which may not be transferred. */
export function utf8(pieces: readonly string[]): Uint8Array {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  if (length > longest) return Buffer.from(pieces.join(''));
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (memory.length - used < length * 3) { memory = Buffer.allocUnsafeSlow(shared); used = 0; }
  const from = used;
  for (const piece of pieces) used += memory.write(piece, used);
  return memory.subarray(from, used);
}
