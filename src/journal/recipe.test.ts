import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assemble, recipeOf } from './recipe.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const document = fc.uint8Array({ minLength: 1024, maxLength: 1500 });

test('a message is always assembled as received, whatever documents stand in it', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 50 }), document), { maxLength: 5 }), fc.array(document, { maxLength: 3 }), fc.boolean(), (around, documents, twice) => {
    const named = new Map([...documents, ...(twice ? documents : [])].map((bytes, i) => [`d${i}`, bytes]));
    const received = Buffer.concat([...around.slice(0, 2), ...[...named.values()].map((bytes) => latin1(base64(bytes))), ...around.slice(2)]);
    const parts = recipeOf(received, named);
    expect(parts === null).toBe(documents.length === 0);
    if (parts !== null) expect(assemble(parts, (name) => named.get(name) ?? new Uint8Array(0)).equals(received)).toBe(true);
  }));
});

test('a document carried otherwise than in plain base64 is not referred to', () => {
  const bytes = new Uint8Array(2000).fill(7);
  const text = base64(bytes);
  for (const other of [`${text.slice(0, 76)}\r\n${text.slice(76)}`, text.replace(/=+$/, '').slice(0, -1), text.toLowerCase()]) {
    expect(recipeOf(latin1(`OBX|${other}`), new Map([['d', bytes]]))).toBeNull();
  }
  expect(recipeOf(latin1(base64(new Uint8Array(10))), new Map([['d', new Uint8Array(10)]]))).toBeNull();
  expect(recipeOf(latin1(`OBX|${text}|`), new Map([['d', bytes]]))).toHaveLength(3);
});
