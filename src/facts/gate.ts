import type { GateNeeds, Reason } from '../domain/delivery.ts';
import type { FactsAt } from '../domain/fact.ts';
import { alimentation } from './consent.ts';
import { contradiction, knownQualified } from './known-person.ts';

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
 * `held` can be released by a later fact or by a person; `refused` is final and answered to the sender.
 */
export function gate(needs: GateNeeds, facts: FactsAt, destination: GateDestination): GateVerdict {
  if (destination.production && needs.test) return stop('refused', 'route.test-to-production');
  if (destination.production && !destination.enabled) return stop('held', 'route.production-not-enabled');
  const disagreement = contradiction(facts, { keys: needs.identities, birthDate: needs.birthDate, sex: needs.sex });
  if (disagreement !== null) return stop('held', 'facts.contradicts-known-identity', disagreement);
  if (needs.qualified && !needs.messageQualified && !knownQualified(facts, needs.identities)) return stop('held', 'route.identity-not-qualified');
  if (needs.dmpConsentOf !== null) {
    const told = alimentation(facts, needs.dmpConsentOf);
    if (told === 'opposed') return stop('refused', 'route.dmp-opposition');
    if (told !== 'not-opposed' && destination.unknownConsent === 'hold') return stop('held', 'route.dmp-consent-unknown');
  }
  return { go: true };
}
