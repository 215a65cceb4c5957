/** Where sealed bytes are: a slice of a segment, or a payload on its own. */
export type Ref =
  | { readonly segment: number; readonly offset: number; readonly length: number }
  | { readonly payload: number };

/** As a column: segment (6 bytes), offset (4), length (4); or payload id (6). Told apart by their length. */
export function encodeRef(ref: Ref): Uint8Array {
  const out = Buffer.allocUnsafe('payload' in ref ? 6 : 14);
  if ('payload' in ref) { out.writeUIntBE(ref.payload, 0, 6); return out; }
  out.writeUIntBE(ref.segment, 0, 6);
  out.writeUInt32BE(ref.offset, 6);
  out.writeUInt32BE(ref.length, 10);
  return out;
}

export function decodeRef(column: Uint8Array): Ref {
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength);
  if (bytes.length === 6) return { payload: bytes.readUIntBE(0, 6) };
  return { segment: bytes.readUIntBE(0, 6), offset: bytes.readUInt32BE(6), length: bytes.readUInt32BE(10) };
}
