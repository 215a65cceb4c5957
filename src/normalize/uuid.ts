import { hash } from 'node:crypto';

/** UUID namespace of the gateway's own names (a random UUID, fixed for ever: changing it would change every fullUrl). */
const namespace = Buffer.from('6f0c2f0e4c1b4e53a4b7c1d0a3f5e912', 'hex').toString('latin1');

/** UUIDv5 (RFC 9562 §5.5) of a name in the gateway's namespace. */
export function uuid5(name: string): string {
  const hex = hash('sha1', Buffer.concat([Buffer.from(namespace, 'latin1'), Buffer.from(name)]), 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
