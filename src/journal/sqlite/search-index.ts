import type { SearchKey } from '../../domain/message.ts';
import type { BlindIndex } from '../seal.ts';
import { controlKinds } from './repeats.ts';
import type { Range } from './search-run.ts';
import { indexed, type Store } from './store.ts';

/**
 * A number and the same number with its authority (`authority|number`) share one row: the first half of the one's blind index,
 * then the first half of the other's. A number alone is looked for by the first half, one with its authority by the whole.
 * Half of the rows is half of what a message has here. Rows written before this rule have the whole index of either; both are found.
 */
const half = 8;
const whole = 16;
const joined = (bare: Uint8Array, qualified: Uint8Array): Buffer => Buffer.concat([bare.subarray(0, half), qualified.subarray(0, half)]);

/** What follows each bar: the number, whatever the authority is. */
function numbersIn(value: string): readonly string[] {
  const numbers: string[] = [];
  for (let bar = value.indexOf('|'); bar >= 0; bar = value.indexOf('|', bar + 1)) numbers.push(value.slice(bar + 1));
  return numbers;
}

/** The blind indexes of search keys, each once. A message's own control id is not among them: controlHashes. */
export function hashesOf({ index }: Pick<Store, 'index'>, keys: readonly SearchKey[]): Uint8Array[] {
  const given = new Map<string, SearchKey>();
  for (const key of keys) if (key.kind !== 'control') given.set(indexed.search(key.kind, key.value), key);
  const hashes: Uint8Array[] = [];
  const covered = new Set<string>();
  for (const [text, { kind, value }] of given) {
    for (const number of numbersIn(value)) {
      const bare = indexed.search(kind, number);
      if (!given.has(bare)) continue;
      hashes.push(joined(index.hash(bare), index.hash(text)));
      covered.add(text).add(bare);
      break;
    }
  }
  for (const text of given.keys()) if (!covered.has(text)) hashes.push(index.hash(text));
  return hashes;
}

/** Where the indexes of a key stand, those it may have: for each version of the index key, all that begin alike, then exact ones. */
export const rangesOf = (index: BlindIndex, { kind, value }: SearchKey): Range[] => (kind === 'control' ? controlKinds : [kind]).flatMap((one) => {
  const own = index.all(indexed.search(one, value));
  const numbers = numbersIn(value).map((number) => index.all(indexed.search(one, number)));
  return own.flatMap((hash, version) => [
    beginningWith(hash.subarray(0, half)),
    ...numbers.flatMap((all) => { const bare = all[version]; return bare === undefined ? [] : [exactly(joined(bare, hash))]; }),
  ]);
});

const exactly = (hash: Uint8Array): Range => ({ from: hash, to: hash });
const beginningWith = (start: Uint8Array): Range => ({ from: Buffer.concat([start, Buffer.alloc(whole - half)]), to: Buffer.concat([start, Buffer.alloc(whole - half, 0xff)]) });
