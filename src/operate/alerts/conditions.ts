import type { DeliveryState } from '../../domain/delivery.ts';
import type { Counts } from '../../journal/journal.ts';
import type { DestinationCheck } from '../control/checks.ts';
import { gateway, type Condition, type Severity, type Subject } from './incident.ts';

const day = 86_400_000;

/** States in which a delivery still has to leave by itself. */
const leaving: ReadonlySet<DeliveryState> = new Set(['waiting', 'sending']);

/** Deliveries that wait for longer than the destination's limit. */
export function backlogs({ perDestination }: Pick<Counts, 'perDestination'>, limitMs: (destination: string) => number | null, paused: ReadonlySet<string>, now: number): Condition[] {
  const found = new Map<string, { count: number; oldest: number }>();
  for (const { destination, state, count, oldest } of perDestination) {
    if (!leaving.has(state) || oldest === null) continue;
    const before = found.get(destination);
    found.set(destination, { count: count + (before?.count ?? 0), oldest: Math.min(oldest, before?.oldest ?? oldest) });
  }
  return [...found].flatMap(([destination, { count, oldest }]) => {
    const limit = limitMs(destination);
    if (limit === null || now - oldest <= limit) return [];
    return [{ kind: 'backlog', subject: { kind: 'destination', name: destination }, severity: 'warning', measure: now - oldest, facts: { count, oldestAt: oldest, ageMs: now - oldest, limitMs: limit, paused: paused.has(destination) ? 1 : 0 } }];
  });
}

export interface BreakerSeen { readonly destination: string; readonly breaker: 'closed' | 'open' | 'half-open'; readonly lastFault: string | null }
/** Destinations that fail whatever they are given. */
export const breakers = (seen: readonly BreakerSeen[]): Condition[] => seen.filter(({ breaker }) => breaker !== 'closed').map(({ destination, lastFault }) =>
  ({ kind: 'breaker', subject: { kind: 'destination', name: destination }, severity: 'critical', measure: 0, facts: { fault: lastFault ?? '' } }));

const longestText = 300;
/** Destinations whose connector was asked whether it is reached and accepted, and was not. */
export const checks = (seen: readonly DestinationCheck[]): Condition[] => seen.filter(({ ok }) => !ok).map(({ destination, at, text, english = text }) =>
  ({ kind: 'check', subject: { kind: 'destination', name: destination }, severity: 'warning', measure: 0, facts: { at, text: text.slice(0, longestText), english: english.slice(0, longestText) } }));

/** A certificate of ours, and when it stops being valid (epoch ms). */
export interface CertificateSeen { readonly subject: Subject; readonly validTo: number; /** The setting that names it, where there are several. */ readonly setting?: string }
const steps: readonly (readonly [number, Severity])[] = [[7, 'critical'], [30, 'warning'], [60, 'information']];
/** Certificates that end within 60, 30 and 7 days; of several at one place, the first to end. */
export function certificates(seen: readonly CertificateSeen[], now: number): Condition[] {
  const soonest = new Map<string, CertificateSeen>();
  for (const one of seen) {
    const key = `${one.subject.kind}/${one.subject.name}`;
    if (one.validTo < (soonest.get(key)?.validTo ?? Infinity)) soonest.set(key, one);
  }
  return [...soonest.values()].flatMap(({ subject, validTo, setting = '' }) => {
    const days = (validTo - now) / day;
    const step = steps.find(([within]) => days <= within);
    return step === undefined ? [] : [{ kind: 'certificate', subject, severity: step[1], measure: -days, facts: { validTo, days: Math.floor(days), setting } }];
  });
}

/** Invariant 4 does not hold: `problems` as the journal's own verification words them. */
export const conservation = (problems: readonly string[]): Condition[] =>
  (problems.length === 0 ? [] : [{ kind: 'conservation', subject: gateway, severity: 'critical', measure: problems.length, facts: { problems: problems.length, first: problems[0] ?? '' } }]);

/** The data disk: its free space in MiB, under which messages are refused (`reserve`), and the days left by the forecast. */
export function disk({ free, reserve, left }: { readonly free: number; readonly reserve: number; readonly left: number | null }, warnDays: number): Condition[] {
  const days = free <= reserve ? 0 : left;
  if (days === null || days > warnDays) return [];
  return [{ kind: 'disk', subject: gateway, severity: days <= 2 ? 'critical' : 'warning', measure: -days, facts: { days: Math.floor(days), free: Math.round(free), reserve } }];
}
