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
  /** Its latest attempt met a fault of configuration, and the partner has taken another delivery begun after that. */
  readonly othersPassed?: boolean;
}
export interface Decided { readonly next: Outcome['next']; readonly reason: FaultCode; readonly health: Health }

/** Where a receipt sends the delivery, by its kind and its fault's class (regional.md §5.6). */
export function decide(receipt: Receipt, made: Attempted): Decided {
  const { at, rules } = made;
  const retry = (inDoubt: boolean, atLeast: number): Outcome['next'] =>
    ({ state: 'waiting', notBefore: at + backoff(rules.backoff, made.attempt, made.random, atLeast), inDoubt });
  // A wrong certificate, password or address says nothing of the message: nothing fails, the breaker opens. But a fault that only
  // this one meets is its own, and it would take every probe: it waits longer than they do, and a person looks at it once another
  // passed.
  const misconfigured = (fault: FaultCode, inDoubt: boolean, atLeast: number): Decided => {
    if (made.othersPassed === true) return { next: { state: 'held', inDoubt }, reason: 'deliver.alone-misconfigured', health: 'untouched' };
    return { next: { state: 'waiting', notBefore: at + rules.breaker.probeMs + backoff(rules.backoff, made.attempt, made.random, atLeast), inDoubt }, reason: fault, health: 'misconfigured' };
  };
  switch (receipt.kind) {
    case 'delivered': return { next: { state: 'delivered' }, reason: 'deliver.delivered', health: 'well' };
    case 'submitted': return { next: { state: 'submitted' }, reason: 'deliver.submitted', health: 'well' };
    case 'refused':
      if (catalogue[receipt.fault].class === 'configuration') return misconfigured(receipt.fault, made.stillInDoubt, 0);
      return { next: { state: 'refused' }, reason: receipt.fault, health: 'well' };
    case 'held': return { next: { state: 'held', inDoubt: made.stillInDoubt }, reason: receipt.fault, health: 'well' };
    case 'busy': {
      const { class: kind } = catalogue[receipt.fault];
      const aside = receipt.aside === true;
      if (kind === 'configuration' && !aside) return misconfigured(receipt.fault, made.stillInDoubt, receipt.retryAfterMs ?? 0);
      return { next: retry(made.stillInDoubt || kind === 'ambiguous', receipt.retryAfterMs ?? 0), reason: receipt.fault, health: aside ? 'untouched' : 'failing' };
    }
    case 'unknown':
      return { next: retry(true, made.lookup ? 0 : rules.evidenceMs), reason: receipt.fault, health: 'failing' };
  }
}
