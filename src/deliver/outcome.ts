import type { FaultCode } from '../domain/catalogue.ts';
import { catalogue } from '../domain/catalogue.ts';
import type { Receipt } from '../domain/delivery.ts';
import type { Outcome } from '../journal/journal.ts';
import { backoff } from './backoff.ts';
import type { DestinationRules } from './destination.ts';

/** What an attempt says of the destination itself, for its breaker. `untouched`: the partner was asked nothing. */
export type Health = 'well' | 'failing' | 'misconfigured' | 'untouched';

export interface Attempted {
  readonly at: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** An earlier attempt may have arrived and this one did not clear it: the doubt stays (invariant 8). */
  readonly stillInDoubt: boolean;
  readonly random: number;
  readonly rules: DestinationRules;
  /** The partner can be asked what it has. */
  readonly lookup: boolean;
}
export interface Decided { readonly next: Outcome['next']; readonly reason: FaultCode; readonly health: Health }

/** Where a receipt sends the delivery, by its kind and its fault's class (regional.md §5.6). */
export function decide(receipt: Receipt, made: Attempted): Decided {
  const { at, rules } = made;
  const retry = (inDoubt: boolean, atLeast: number): Outcome['next'] =>
    ({ state: 'waiting', notBefore: at + backoff(rules.backoff, made.attempt, made.random, atLeast), inDoubt });
  switch (receipt.kind) {
    case 'delivered': return { next: { state: 'delivered' }, reason: 'deliver.delivered', health: 'well' };
    case 'submitted': return { next: { state: 'submitted' }, reason: 'deliver.submitted', health: 'well' };
    case 'refused':
      // A wrong certificate, password or address says nothing of the message: nothing fails, the breaker opens, and the attempt
      // does not count for how long it waits, so that all leave as soon as it is mended.
      if (catalogue[receipt.fault].class === 'configuration') return { next: { state: 'waiting', notBefore: at + rules.breaker.probeMs, inDoubt: made.stillInDoubt }, reason: receipt.fault, health: 'misconfigured' };
      return { next: { state: 'refused' }, reason: receipt.fault, health: 'well' };
    case 'held': return { next: { state: 'held' }, reason: receipt.fault, health: 'well' };
    case 'busy': {
      const { class: kind } = catalogue[receipt.fault];
      const aside = receipt.aside === true;
      const wait = Math.max(receipt.retryAfterMs ?? 0, kind === 'configuration' && !aside ? rules.breaker.probeMs : 0);
      return { next: retry(made.stillInDoubt || kind === 'ambiguous', wait), reason: receipt.fault, health: aside ? 'untouched' : kind === 'configuration' ? 'misconfigured' : 'failing' };
    }
    case 'unknown':
      return { next: retry(true, made.lookup ? 0 : rules.evidenceMs), reason: receipt.fault, health: 'failing' };
  }
}
