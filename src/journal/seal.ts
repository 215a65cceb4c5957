import { createCipheriv, createDecipheriv, createSecretKey, hash, randomFillSync, type KeyObject } from 'node:crypto';
import { journalFault } from './fault.ts';
import type { Keys } from './keys.ts';

const nonceLength = 12;
const tagLength = 16;
const headLength = 2 + nonceLength;

/**
 * AES-256-GCM under the current sealing key: key version (2 bytes), nonce (12, random), cipher text, tag (16). `context` is
 * authenticated, so that a sealed thing moved to another row does not open.
 */
export function seal(keys: Keys, context: string, plain: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(headLength + plain.length + tagLength);
  out.writeUInt16BE(keys.current, 0);
  const nonce = randomFillSync(out.subarray(2, headLength));
  const cipher = createCipheriv('aes-256-gcm', readyKey(keyOf(keys, keys.current)), nonce);
  cipher.setAAD(Buffer.from(context));
  cipher.update(plain).copy(out, headLength);
  cipher.final();
  cipher.getAuthTag().copy(out, headLength + plain.length);
  return out;
}

/** The plain bytes; throws `journal.corrupt` when one bit differs, `journal.wrong-key` when the key's version is not in the ring. */
export function unseal(keys: Keys, context: string, sealed: Uint8Array): Buffer {
  const all = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (all.length < headLength + tagLength) throw journalFault('journal.corrupt', context);
  const key = keyOf(keys, all.readUInt16BE(0));
  const cipher = createDecipheriv('aes-256-gcm', readyKey(key), all.subarray(2, headLength));
  cipher.setAAD(Buffer.from(context));
  cipher.setAuthTag(all.subarray(all.length - tagLength));
  try {
    const plain = cipher.update(all.subarray(headLength, all.length - tagLength));
    cipher.final();
    return plain;
  } catch (error) { throw journalFault('journal.corrupt', context, { cause: error }); }
}

const ready = new WeakMap<Uint8Array, KeyObject>();
/** Node's own form of a key, made once: from plain bytes each cipher would spend longer on its key than on a small text. */
function readyKey(key: Uint8Array): KeyObject {
  const made = ready.get(key) ?? createSecretKey(key);
  ready.set(key, made);
  return made;
}

function keyOf(keys: Keys, version: number): Uint8Array {
  const key = keys.byVersion[version];
  if (key === undefined) throw journalFault('journal.wrong-key', `sealing ${version}`);
  return key;
}

/** Longer data is put together anew; a search key is shorter. */
const shortData = 1024;

/** A keyed hash function: HMAC-SHA256 (RFC 2104) by two one-shot hashes over memory of its own, many times cheaper than createHmac on short texts. */
export function hmac(key: Uint8Array): (data: Uint8Array) => Buffer {
  const inner = Buffer.alloc(64 + shortData, 0x36);
  const outer = Buffer.alloc(64 + 32, 0x5c);
  key.forEach((byte, i) => { inner[i] = byte ^ 0x36; outer[i] = byte ^ 0x5c; });
  const padded = (data: Uint8Array): Uint8Array => {
    if (data.length > shortData) return Buffer.concat([inner.subarray(0, 64), data]);
    inner.set(data, 64);
    return inner.subarray(0, 64 + data.length);
  };
  // As texts of bytes: each hash given as a Buffer has memory of its own, which costs more than the hash.
  return (data) => {
    outer.write(hash('sha256', padded(data), 'binary'), 64, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  };
}

const indexLength = 16;
/** Of each of two generations: a patient's numbers come again, a message's own never do and leave with the older one. */
const remembered = 8192;

/** Blind indexes: the first 16 bytes of the HMAC of a text, under each version of the index key. */
export interface BlindIndex {
  readonly version: number;
  /** Under the current key: what is written. */
  hash(text: string): Uint8Array;
  /** Under every key since the oldest one still in use, current first: what is searched, so that nothing is missed while a rotation runs. */
  all(text: string): readonly Uint8Array[];
}

export function blindIndex(keys: Keys, since = 0): BlindIndex {
  const order = Object.keys(keys.byVersion).map(Number).filter((version) => version >= since).sort((a, b) => b - a);
  const macs = order.map((version) => hmac(keyOf(keys, version)));
  let known = new Map<string, readonly Uint8Array[]>();
  let older = new Map<string, readonly Uint8Array[]>();
  let free = Buffer.alloc(0);
  /** In memory of the indexes alone: a slice of Node's pool would keep all of it, 8 KB for each index that is remembered. */
  const kept = (mac: Uint8Array): Uint8Array => {
    if (free.length < indexLength) free = Buffer.allocUnsafeSlow(1024 * indexLength);
    const own = free.subarray(0, indexLength);
    free = free.subarray(indexLength);
    own.set(mac.subarray(0, indexLength));
    return own;
  };
  const made = (text: string): readonly Uint8Array[] => { const data = Buffer.from(text); return macs.map((mac) => kept(mac(data))); };
  const all = (text: string) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const hashes = older.get(text) ?? made(text);
    if (known.size >= remembered) { older = known; known = new Map(); }
    known.set(text, hashes);
    return hashes;
  };
  return { version: keys.current, all, hash: (text) => all(text)[0] ?? new Uint8Array(0) };
}
