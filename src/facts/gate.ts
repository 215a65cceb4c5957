import type { GateNeeds, Reason } from '../domain/delivery.ts';
import type { FactsAt } from '../domain/fact.ts';
import { alimentation } from './consent.ts';
import { qualified } from './known-person.ts';
import { People } from './people.ts';

/** What the gate must know of the destination. */
export interface GateDestination {
  readonly production: boolean;
  readonly enabled: boolean;
  readonly unknownConsent: 'follow' | 'hold';
}
export type GateVerdict = { readonly go: true } | { readonly go: false; readonly to: 'held' | 'refused'; readonly reason: Reason };

const stop = (to: 'held' | 'refused', code: Reason['code'], ...args: string[]): GateVerdict => ({ go: false, to, reason: args.length > 0 ? { code, args } : { code } });

/**
 * Invariant 9, at plan time and again before each attempt against that day's facts: right person, consent, production.
 * `held` can be released by a later fact or by a person; `refused` is final and answered to the sender. Refusals are looked at
 * first, then what no person may release, so that a release never goes past what the first reason hid.
 * @param seq the message's own; null at plan time, when it has none yet
 */
export function gate(needs: GateNeeds, facts: FactsAt, destination: GateDestination, seq: number | null): GateVerdict {
  if (destination.production && needs.test) return stop('refused', 'route.test-to-production');
  const consent = needs.dmpConsentOf === null ? null : alimentation(facts, needs.dmpConsentOf);
  if (consent === 'opposed' && needs.oppositionHolds !== true) return stop('refused', 'route.dmp-opposition');
  if (destination.production && !destination.enabled) return stop('held', 'route.production-not-enabled');
  const people = new People(facts);
  if (needs.qualified && !qualified(people, needs, seq)) return stop('held', 'route.identity-not-qualified');
  // Not at plan time: what was told before it, the message itself corrects.
  if (needs.carriesIns === true && seq !== null && !qualified(people, needs, seq)) return stop('held', 'facts.ins-doubted-since');
  const disagreement = people.contradiction({ keys: needs.identities, birthDate: needs.birthDate, sex: needs.sex });
  if (disagreement !== null) return stop('held', 'facts.contradicts-known-identity', disagreement);
  if (consent === 'opposed') return stop('held', 'route.dmp-opposition');
  if (needs.restricted === true) return stop('held', 'route.dmp-restricted');
  if (consent !== null && consent !== 'not-opposed' && destination.unknownConsent === 'hold') return stop('held', 'route.dmp-consent-unknown');
  return { go: true };
}
