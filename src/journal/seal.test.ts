import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { newKeyRing, parseKeyRing, rotate } from './keys.ts';
import { blindIndex, hmac, seal, unseal } from './seal.ts';

const text = newKeyRing();
const ring = parseKeyRing(text);
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('the two-hash HMAC is HMAC-SHA256', () => {
  fc.assert(fc.property(key, fc.uint8Array({ maxLength: 1500 }), (secret, data) => {
    expect(hmac(secret)(data)).toEqual(createHmac('sha256', secret).update(data).digest());
  }));
});

test('what is sealed opens under its context only, and not when a bit changed', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, at, bit) => {
    const sealed = seal(ring.sealing, 'fact/1', plain);
    expect(Buffer.compare(unseal(ring.sealing, 'fact/1', sealed), plain)).toBe(0);
    expect(() => unseal(ring.sealing, 'fact/2', sealed)).toThrow(expect.objectContaining({ code: 'journal.corrupt' }));
    const spoiled = Buffer.from(sealed);
    spoiled.writeUInt8(spoiled.readUInt8(at % sealed.length) ^ (1 << bit), at % sealed.length);
    expect(() => unseal(ring.sealing, 'fact/1', spoiled)).toThrow(expect.objectContaining({ name: 'JournalFault' }));
  }));
  expect(() => unseal(ring.sealing, 'fact/1', new Uint8Array(3))).toThrow(expect.objectContaining({ code: 'journal.corrupt' }));
});

test('sealing keys rotate: the new one seals, the old one still opens', () => {
  const old = seal(ring.sealing, 'x', Buffer.from('old'));
  const rotated = parseKeyRing(rotate(text, 'sealing'));
  expect(unseal(rotated.sealing, 'x', old).toString()).toBe('old');
  expect(() => unseal(ring.sealing, 'x', seal(rotated.sealing, 'x', Buffer.from('new')))).toThrow(expect.objectContaining({ code: 'journal.wrong-key' }));
});

test('blind indexes are asked under every key since the oldest in use, written under the newest', () => {
  const rotated = parseKeyRing(rotate(text, 'index'));
  const [now, before, ...others] = blindIndex(rotated.index).all('a');
  expect(others).toEqual([]);
  expect(before).toEqual(blindIndex(ring.index).hash('a'));
  expect(now).toEqual(blindIndex(rotated.index).hash('a'));
  expect(now).toHaveLength(16);
  expect(blindIndex(rotated.index, 2).all('a')).toEqual([now]);
});

test('what is remembered of a text is its index, and nothing of the memory that others share', () => {
  const index = blindIndex(ring.index);
  const memory = Array.from({ length: 300 }, (_, i) => index.hash(`IPP|${i}`).buffer);
  expect(new Set(memory).size).toBe(1);
  expect(memory[0]).not.toBe(Buffer.from('others').buffer);
  expect(memory[0]?.byteLength).toBe(16 * 1024);
});
