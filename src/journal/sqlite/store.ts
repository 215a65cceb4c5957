import type { Clock } from '../../domain/clock.ts';
import type { KeyRing } from '../keys.ts';
import type { BlindIndex } from '../seal.ts';
import type { Database } from './database.ts';
import type { Storage } from './storage.ts';
import type { Unsent } from './unsent.ts';

/** What every part of the driver works on. */
export interface Store {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly index: BlindIndex;
  readonly storage: Storage;
  readonly unsent: Unsent;
  readonly clock: Clock;
  /** Committed counters, by name (counters.ts). */
  readonly counters: ReadonlyMap<string, number>;
  readonly repeatWindowMs: number;
  readonly crashesBeforeQuarantine: number;
}

/** The opaque name of a mailbox, under which its order is kept. */
export const mailboxName = (index: BlindIndex, address: string): string => Buffer.from(index.hash(indexed.mailbox(address))).toString('hex');

/** What blind indexes are made of. The prefix keeps the kinds apart. */
export const indexed = {
  search: (kind: string, value: string): string => `search|${kind}|${value}`,
  fact: (key: string): string => `fact|${key}`,
  identity: (key: string): string => `identity|${key}`,
  mailbox: (address: string): string => `mailbox|${address}`,
  series: (key: string): string => `series|${key}`,
};
