import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fakeSource } from '../../test/fake-intake.ts';
import type { SourceSettings } from '../config/model.ts';
import { fits, isLoopback, sourcesFrom, type Peer } from './sources.ts';

const peer = (over: Partial<Peer> = {}): Peer => ({ listener: 'in', address: '127.0.0.1', certificate: null, token: null, ...over });
const found = (source: Partial<SourceSettings>, who: Partial<Peer>, sender = 'LIS|LABO', token: string | null = null) =>
  sourcesFrom([fakeSource(source)], () => token).match(peer(who), sender)?.id ?? null;
const certificate = { subject: { O: 'CHU Demo', OU: ['A', 'B'], CN: 'lis' }, fingerprint256: 'AB:CD:01' };

describe('finding the source of a peer', () => {
  test.each([
    ['the listener it is declared on', {}, {}, 'lis'],
    ['another listener', { listeners: ['elsewhere'] }, {}, null],
    ['a sender it names', { senders: ['LIS|LABO'] }, {}, 'lis'],
    ['a sender it does not name', { senders: ['DPI|*'] }, {}, null],
    ['a sender of any facility', { senders: ['LIS'] }, {}, 'lis'],
    ['a sender name alone, off loopback', { senders: ['LIS|LABO'] }, { address: '192.0.2.7' }, null],
    ['its network', { networks: ['192.0.2.0/24'] }, { address: '192.0.2.7' }, 'lis'],
    ['its network, over a dual-stack socket', { networks: ['192.0.2.7'] }, { address: '::ffff:192.0.2.7' }, 'lis'],
    ['another network', { networks: ['192.0.2.0/24'] }, { address: '198.51.100.1' }, null],
    ['loopback, when its network is another', { networks: ['192.0.2.0/24'] }, {}, null],
    ['an IPv6 network', { networks: ['2001:db8::/32'] }, { address: '2001:db8::7' }, 'lis'],
    ['its certificate subject', { certificate: 'O=CHU Demo, CN=lis' }, { address: '192.0.2.7', certificate }, 'lis'],
    ['one of several values of a subject part', { certificate: 'OU=B' }, { certificate }, 'lis'],
    ['a part of the subject that differs', { certificate: 'O=CHU Demo, CN=other' }, { certificate }, null],
    ['a name that only begins like it', { certificate: 'CN=li' }, { certificate }, null],
    ['its certificate fingerprint', { certificate: 'sha256:abcd01' }, { certificate }, 'lis'],
    ['another fingerprint', { certificate: 'sha256:AB:CD:02' }, { certificate }, null],
    ['no certificate where one is due', { certificate: 'CN=lis' }, {}, null],
    ['both its certificate and its network', { certificate: 'CN=lis', networks: ['192.0.2.0/24'] }, { certificate, address: '198.51.100.1' }, null],
  ] as const)('%s', (_, source, who, expected) => {
    expect(found(source as Partial<SourceSettings>, who)).toBe(expected);
  });

  test('its token, and no other', () => {
    expect(found({}, { address: '192.0.2.7', token: 'secret' }, 'LIS|LABO', 'secret')).toBe('lis');
    expect(found({}, { token: 'Secret' }, 'LIS|LABO', 'secret')).toBeNull();
    expect(found({}, { token: null }, 'LIS|LABO', 'secret')).toBeNull();
  });

  test('the first declared wins, and a peer is known whatever the sender it will name', () => {
    const sources = sourcesFrom([fakeSource({ id: 'a', senders: ['A'] }), fakeSource({ id: 'b' })], () => null);
    expect([sources.match(peer(), 'A|X')?.id, sources.match(peer(), 'B|X')?.id]).toEqual(['a', 'b']);
    const named = sourcesFrom([fakeSource({ senders: ['A'] })], () => null);
    expect([named.knows(peer()), named.knows(peer({ address: '192.0.2.7' }))]).toEqual([true, false]);
  });

  test('knows loopback when it sees it', () => {
    expect(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '192.0.2.1', ''].map(isLoopback)).toEqual([true, true, true, true, false, false]);
  });
});

describe('a pattern with *', () => {
  test.each([['*', '', true], ['A*', 'AB', true], ['*B', 'AB', true], ['A*A', 'A', false], ['A*C', 'ABC', true], ['A*B*C', 'AxBxC', true], ['A*B*B', 'AB', false], ['a', 'A', false], ['', '', true]])(
    '%s against "%s"', (pattern, text, expected) => { expect(fits(pattern, text)).toBe(expected); });

  test('says the same as the regular expression it stands for', () => {
    const word = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 7 }).map(parts => parts.join(''));
    fc.assert(fc.property(word, fc.array(fc.constantFrom('a', 'b'), { maxLength: 9 }).map(parts => parts.join('')), (pattern, text) => {
      expect(fits(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
    }));
  });
});
