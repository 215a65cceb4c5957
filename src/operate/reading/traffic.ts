import type { AttemptEvent } from '../../deliver/events.ts';
import type { Recent } from '../../journal/reader.ts';

/** What a message's acceptance tells that is counted. */
export interface MessageSeen { readonly source: string; readonly outcome: string; readonly findings: readonly string[] }

const minutes = 15;
const minuteMs = 60_000;
const hourMs = 3_600_000;
export const sloHours = 24;

/** Counts by slots of time: those of the last `size` slots, the present one last. */
class Slots {
  readonly #counts: number[];
  readonly #ms: number;
  #last = 0;
  constructor(size: number, ms: number) { this.#counts = Array.from({ length: size }, () => 0); this.#ms = ms; }

  #turn(now: number): number {
    const slot = Math.floor(now / this.#ms);
    const { length } = this.#counts;
    for (let one = Math.max(this.#last + 1, slot - length + 1); one <= slot; one++) this.#counts[one % length] = 0;
    this.#last = Math.max(this.#last, slot);
    return this.#last;
  }
  add(at: number, now: number): void {
    const last = this.#turn(now);
    const slot = Math.min(last, Math.floor(at / this.#ms));
    if (slot <= last - this.#counts.length) return;
    this.#counts[slot % this.#counts.length] = (this.#counts[slot % this.#counts.length] ?? 0) + 1;
  }
  read(now: number): number[] {
    const last = this.#turn(now);
    const { length } = this.#counts;
    return Array.from({ length }, (_, i) => this.#counts[(last - length + 1 + i + length) % length] ?? 0);
  }
}

interface SourceCounts { readonly received: Slots; readonly refused: Slots; readonly findings: Map<string, number>; lastAt: number | null }
interface DestinationCounts { readonly delivered: Slots; readonly refused: Slots; readonly ended: Slots; readonly within: Slots; lastDeliveredAt: number | null; readonly withinMs: number }

const refusedOutcomes: ReadonlySet<string> = new Set(['rejected', 'refused', 'quarantined']);
/** Codes of findings are of the catalogue, and so are few. */
const codeOf = (finding: string): string => finding.split('@')[0] ?? finding;

/**
 * Rates of the last minutes and how fast each destination was of late, kept in memory as things happen. What happened before
 * the gateway started is added once, from the journal (`recall`).
 */
export class Traffic {
  readonly #clock: () => number;
  readonly #sources: ReadonlyMap<string, SourceCounts>;
  readonly #destinations: ReadonlyMap<string, DestinationCounts>;
  readonly startedAt: number;

  constructor(clock: () => number, sources: readonly string[], destinations: readonly { readonly id: string; readonly withinMs: number }[]) {
    this.#clock = clock;
    this.startedAt = clock();
    this.#sources = new Map(sources.map((id) => [id, { received: new Slots(minutes, minuteMs), refused: new Slots(minutes, minuteMs), findings: new Map<string, number>(), lastAt: null }]));
    this.#destinations = new Map(destinations.map(({ id, withinMs }) => [id, {
      delivered: new Slots(minutes, minuteMs), refused: new Slots(minutes, minuteMs), ended: new Slots(sloHours, hourMs), within: new Slots(sloHours, hourMs), lastDeliveredAt: null, withinMs,
    }]));
  }

  message({ source, outcome, findings }: MessageSeen): void {
    const now = this.#clock();
    this.#received(source, outcome, now, now);
    const counts = this.#sources.get(source)?.findings;
    for (const one of findings) counts?.set(codeOf(one), (counts.get(codeOf(one)) ?? 0) + 1);
  }
  attempt({ destination, next, age }: Pick<AttemptEvent, 'destination' | 'next' | 'age'>): void {
    const now = this.#clock();
    this.#ended(destination, next, age, now, now);
  }

  #received(source: string, outcome: string, at: number, now: number): void {
    const counts = this.#sources.get(source);
    if (counts === undefined) return;
    counts.received.add(at, now);
    if (refusedOutcomes.has(outcome)) counts.refused.add(at, now);
    counts.lastAt = Math.max(counts.lastAt ?? 0, at);
  }
  /** Handed to the partner counts as delivered: for a mail, its notice may come days later. */
  #ended(destination: string, state: string, age: number, at: number, now: number): void {
    const counts = this.#destinations.get(destination);
    const delivered = state === 'delivered' || state === 'submitted';
    if (counts === undefined || (!delivered && state !== 'refused')) return;
    (delivered ? counts.delivered : counts.refused).add(at, now);
    counts.ended.add(at, now);
    if (delivered && age <= counts.withinMs) counts.within.add(at, now);
    if (delivered) counts.lastDeliveredAt = Math.max(counts.lastDeliveredAt ?? 0, at);
  }

  /** What the journal tells of before the start; what came since is counted already. */
  recall({ messages, attempts }: Recent): void {
    const now = this.#clock();
    for (const { source, disposition, at } of messages) if (at < this.startedAt) this.#received(source, disposition, at, now);
    for (const { destination, outcome, age, at } of attempts) if (at < this.startedAt) this.#ended(destination, outcome, age, at, now);
  }

  source(id: string): { readonly received: number[]; readonly refused: number[]; readonly lastAt: number | null; readonly findings: readonly (readonly [code: string, count: number])[] } {
    const counts = this.#sources.get(id);
    const now = this.#clock();
    return { received: counts?.received.read(now) ?? [], refused: counts?.refused.read(now) ?? [], lastAt: counts?.lastAt ?? null, findings: [...counts?.findings ?? []].sort(([, a], [, b]) => b - a) };
  }
  destination(id: string): { readonly delivered: number[]; readonly refused: number[]; readonly lastDeliveredAt: number | null; readonly ended: number; readonly within: number } {
    const counts = this.#destinations.get(id);
    const now = this.#clock();
    const sum = (slots: Slots | undefined): number => slots?.read(now).reduce((a, b) => a + b, 0) ?? 0;
    return { delivered: counts?.delivered.read(now) ?? [], refused: counts?.refused.read(now) ?? [], lastDeliveredAt: counts?.lastDeliveredAt ?? null, ended: sum(counts?.ended), within: sum(counts?.within) };
  }
}
