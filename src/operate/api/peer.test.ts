import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { peerOf } from './peer.ts';

const request = (remoteAddress: string | undefined, headers: Record<string, string> = {}): Request => ({ socket: { remoteAddress }, get: (name: string) => headers[name] }) as unknown as Request;
const behind = (peer: string, forwarded: string | undefined, trusted: readonly string[] = ['10.0.0.0/24', '2001:db8::5']): string =>
  peerOf(trusted)(request(peer, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded })).address;

test.each([
  ['nobody is trusted: the header is not read', '10.0.0.5', '192.0.2.9', [], '10.0.0.5'], ['a stranger who writes the header', '192.0.2.66', '192.0.2.9', undefined, '192.0.2.66'],
  ['a proxy of ours', '10.0.0.5', '192.0.2.9', undefined, '192.0.2.9'], ['on a dual-stack socket', '::ffff:10.0.0.5', '192.0.2.9', undefined, '192.0.2.9'],
  ['what the asker wrote before does not count', '10.0.0.5', '127.0.0.1, 203.0.113.7, 192.0.2.9', undefined, '192.0.2.9'], ['two proxies of ours', '10.0.0.5', '203.0.113.7, 192.0.2.9, 10.0.0.6', undefined, '192.0.2.9'],
  ['ports', '10.0.0.5', '192.0.2.9:51234', undefined, '192.0.2.9'], ['IPv6', '2001:db8::5', '[2001:db8::9]:51234', undefined, '2001:db8::9'],
  ['a proxy that tells nobody', '10.0.0.5', undefined, undefined, '10.0.0.5'], ['what is no address', '10.0.0.5', '192.0.2.9, unknown', undefined, '10.0.0.5'], ['only proxies', '10.0.0.5', '10.0.0.7', undefined, '10.0.0.7'],
] as const)('%s', (_name, peer, forwarded, trusted, address) => { expect(behind(peer, forwarded, trusted)).toBe(address); });

test('the way to the proxy is believed of ours only', () => {
  const https = (peer: string): boolean => peerOf(['10.0.0.5'])(request(peer, { 'x-forwarded-proto': 'https' })).https;
  expect([https('10.0.0.5'), https('192.0.2.1')]).toEqual([true, false]);
});
