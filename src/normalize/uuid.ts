import { hash } from 'node:crypto';

/** UUID namespace of the gateway's own names (a random UUID, fixed for ever: changing it would change every fullUrl). */
const namespace = Buffer.from('6f0c2f0e4c1b4e53a4b7c1d0a3f5e912', 'hex');

/** Namespace, then the name: one buffer serves them all, and its first bytes are looked at through the same view each time. */
const input = Buffer.alloc(1024);
namespace.copy(input);
const views: (Buffer | undefined)[] = [];
const firstBytes = (length: number): Buffer => (views[length] ??= input.subarray(0, length));

/** Above this many characters, which may be three bytes each, a name has a buffer of its own. */
const longest = 300;

/** The beginning that stands in the buffer, and where it ends there: the names of one message begin with its trace. */
let begun = '', after = namespace.length;

/** UUIDv5 (RFC 9562 §5.5) of a name in the gateway's namespace. The name comes in two pieces, of which the first hardly changes. */
export function uuid5(beginning: string, rest: string): string {
  const hex = hash('sha1', bytesOf(beginning, rest), 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function bytesOf(beginning: string, rest: string): Buffer {
  if (beginning.length + rest.length > longest) return Buffer.concat([namespace, Buffer.from(beginning + rest)]);
  if (beginning !== begun) {
    after = namespace.length + input.write(beginning, namespace.length);
    begun = beginning;
  }
  return firstBytes(after + input.write(rest, after));
}
