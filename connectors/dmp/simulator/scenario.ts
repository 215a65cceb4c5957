import type { Transaction } from './rule.ts';

export type ThirdParty = 'update' | 'replace' | 'delete' | 'archive';
/** How the DMP misbehaves, for so many requests (`times`, 1 when absent) of a transaction (all when absent). */
export type Scenario = { readonly times?: number; readonly on?: Transaction } & (
  /** XDSRegistryBusy (or another code that says so) and nothing stored, then as usual. */
  | { readonly kind: 'busy'; readonly code?: string }
  /** As usual, after so many milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is reset once the body is there; nothing is stored. */
  | { readonly kind: 'reset-after-body' }
  /** Stored, then the connection is reset before the answer. */
  | { readonly kind: 'answer-lost' }
  /** Stored, then 200 with a multipart answer cut before its end. */
  | { readonly kind: 'truncated' }
  /** Stored, PartialSuccess with a warning. */
  | { readonly kind: 'partial'; readonly code?: string }
  /** A SOAP fault; nothing stored. */
  | { readonly kind: 'fault'; readonly subcode?: string; readonly reason?: string; readonly side?: 'Sender' | 'Receiver' }
  /** One XDS code; an error stores nothing, a warning comes with what is stored. */
  | { readonly kind: 'error'; readonly code: string; readonly severity?: 'Error' | 'Warning'; readonly context?: string }
  /** An HTTP status without SOAP. */
  | { readonly kind: 'http'; readonly status: number }
  /** Someone else changes the document that the next replacement or deletion names, just before it is judged. */
  | { readonly kind: 'third-party'; readonly change: ThirdParty }
);

const kinds: readonly string[] = ['busy', 'slow', 'reset-after-body', 'answer-lost', 'truncated', 'partial', 'fault', 'error', 'http', 'third-party'];
const isText = (value: unknown, form: RegExp): boolean => value === undefined || (typeof value === 'string' && form.test(value));
const isNumber = (value: unknown, low: number, high: number): boolean => value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high);

/** A scenario from JSON; null when it is not one. */
export function readScenario(value: unknown): Scenario | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Record<string, unknown>;
  const sound = typeof given.kind === 'string' && kinds.includes(given.kind) && isNumber(given.times, 1, 100_000) && isText(given.on, /^(TD[0-9.a-d/]+|unknown)$/)
    && isText(given.code, /^[A-Za-z]{1,80}$/) && isText(given.subcode, /^[A-Za-z]{1,80}$/) && isText(given.reason, /^[\s\S]{0,500}$/) && isText(given.context, /^[\s\S]{0,500}$/)
    && isText(given.side, /^(Sender|Receiver)$/) && isText(given.severity, /^(Error|Warning)$/) && isText(given.change, /^(update|replace|delete|archive)$/)
    && (given.kind !== 'slow' || (given.ms !== undefined && isNumber(given.ms, 0, 600_000))) && (given.kind !== 'http' || (given.status !== undefined && isNumber(given.status, 200, 599)))
    && (given.kind !== 'error' || given.code !== undefined) && (given.kind !== 'third-party' || given.change !== undefined);
  return sound ? value as Scenario : null;
}

/** Scenarios in the order they were asked, each until it is used up. */
export class Scenarios {
  readonly #waiting: { readonly scenario: Scenario; left: number }[] = [];
  add(scenario: Scenario): void { this.#waiting.push({ scenario, left: scenario.times ?? 1 }); }
  /** The first that is for this transaction; one use of it is spent. */
  take(transaction: Transaction): Scenario | null {
    const found = this.#waiting.find(({ scenario, left }) => left > 0 && (scenario.on === undefined || scenario.on === transaction));
    if (found === undefined) return null;
    found.left--;
    if (found.left === 0) this.#waiting.splice(this.#waiting.indexOf(found), 1);
    return found.scenario;
  }
  list(): readonly (Scenario & { readonly left: number })[] { return this.#waiting.map(({ scenario, left }) => ({ ...scenario, left })); }
  clear(): void { this.#waiting.length = 0; }
}
