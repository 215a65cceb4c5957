import { hash } from 'node:crypto';

/** UUID namespace of the gateway's own names (a random UUID, fixed for ever: changing it would change every fullUrl). */
const namespace = Buffer.from('6f0c2f0e4c1b4e53a4b7c1d0a3f5e912', 'hex');

/** Namespace, then the name: the names are a trace, a place and a role, and one buffer serves them all. */
const input = Buffer.alloc(1024);
namespace.copy(input);

/** UUIDv5 (RFC 9562 §5.5) of a name in the gateway's namespace. */
export function uuid5(name: string): string {
  const bytes = name.length < 300 ? input.subarray(0, 16 + input.write(name, 16)) : Buffer.concat([namespace, Buffer.from(name)]);
  const hex = hash('sha1', bytes, 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
