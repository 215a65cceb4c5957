import { hash } from 'node:crypto';

/** UUID namespace of what the gateway names on the wire; fixed for ever, as changing it would make replays look new. */
const namespace = Buffer.from('b7a1f0525e0d4c0e9d6a52c1a0f2d7c4', 'hex');

/** Namespace, then the name: one buffer serves the names of everyday length. */
const input = Buffer.alloc(1024);
namespace.copy(input);

/** UUIDv5 (RFC 9562 §5.5): the same name gives the same identifier on a replay, after a restart and on another node. */
export function uuid5(name: string): string {
  const bytes = name.length < 300 ? input.subarray(0, 16 + input.write(name, 16)) : Buffer.concat([namespace, Buffer.from(name)]);
  const hex = hash('sha1', bytes, 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
