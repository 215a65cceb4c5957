import type { Condition, Incident } from './incident.ts';
import { quarterMs, type LocalTime, type Quarter } from './local-quarter.ts';
import { expectedBy } from './silence.ts';
import type { Traffic } from './traffic.ts';

/** What one source is listened to by. `quietAfterMs`: a fixed delay instead of what was learnt; 0: never judged; null: learnt. */
export interface Listened { readonly source: string; readonly local: LocalTime; readonly traffic: Traffic; readonly quietAfterMs: number | null }

/** Hears one source, and says when it should have spoken. What is said on the message's path is a count and a time, no more. */
export class Ear {
  readonly of: Listened;
  /** The gateway was not there to hear before. */
  readonly #since: number;
  #count = 0;
  #lastAt: number | null = null;
  #known: { readonly from: Quarter; readonly expected: Quarter | null } | null = null;

  constructor(of: Listened, since: number) { this.of = of; this.#since = since; }

  heard(at: number): void { this.#count += 1; this.#lastAt = at; }

  /** What was heard since the last look goes to the quarter hour of the latest. */
  settle(): void {
    if (this.#lastAt === null || this.#count === 0) return;
    const quarter = this.of.local.quarter(this.#lastAt);
    this.of.traffic.add(quarter, this.#count);
    this.#count = 0;
  }

  /** What came before this run, in the quarter hour of `at`. */
  learn(at: number, messages: number): void {
    this.of.traffic.add(this.of.local.quarter(at), messages);
    this.#known = null;
  }

  /** In this run of the gateway. */
  get lastAt(): number | null { return this.#lastAt; }
  /** The last message, as nearly as is known: before this run, the quarter hour. */
  get lastKnownAt(): number | null {
    const { traffic: { last }, local } = this.of;
    return this.#lastAt ?? (last === null ? null : local.begins(last));
  }

  /** When a message should have come at the latest; null when that cannot be said. */
  expectedBy(): number | null {
    const { quietAfterMs, local, traffic } = this.of;
    const since = Math.max(this.#lastAt ?? 0, this.#since);
    if (quietAfterMs !== null) return quietAfterMs === 0 ? null : since + quietAfterMs;
    const from = local.quarter(since);
    if (this.#known?.from !== from) this.#known = { from, expected: expectedBy(traffic, from) };
    return this.#known.expected === null ? null : local.begins(this.#known.expected) + quarterMs;
  }

  /** @param open the incident of its silence, if there is one: only a message ends it, not a restart */
  quiet(now: number, open: Incident | undefined): Condition[] {
    if (this.of.quietAfterMs === 0) return [];
    const expected = open !== undefined && (this.#lastAt ?? 0) <= open.openedAt ? Number(open.facts.expectedBy) : this.expectedBy();
    if (expected === null || now < expected) return [];
    const lastAt = open === undefined ? this.lastKnownAt ?? this.#since : Number(open.facts.lastAt);
    return [{ kind: 'silence', subject: { kind: 'source', name: this.of.source }, severity: 'warning', measure: now - lastAt, facts: { lastAt, expectedBy: expected } }];
  }
}
