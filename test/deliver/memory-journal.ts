import { isFinal, type BodyPart, type Envelope, type PlannedDelivery } from '../../src/domain/delivery.ts';
import type { FactsAt, Known } from '../../src/domain/fact.ts';
import type { DeliveryJournal } from '../../src/deliver/ports.ts';
import { JournalFault, type Attempt, type DeliveryFull, type DeliveryHead, type FollowUp, type JournalEvent, type Outcome } from '../../src/journal/journal.ts';

type Row = { -readonly [K in keyof DeliveryFull]: DeliveryFull[K] } & { noticeUntil: number | null };

/** The delivery part of the journal's port, kept in memory to the letter of its docstrings. It can be told to refuse. */
export class MemoryJournal implements DeliveryJournal {
  readonly rows = new Map<number, Row>();
  readonly facts0: Known[] = [];
  readonly #roots = new Map<number, number>();
  readonly #factSeqs = new Map<number, number>();
  /** Calls made, by name: for tests of what is not read. */
  readonly calls = new Map<string, number>();
  refusing: JournalFault | null = null;

  #called(name: string): void {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    if (this.refusing !== null) throw this.refusing;
  }

  // — what the pipeline would do —
  add(seq: number, lane: number, planned: PlannedDelivery, at: number, source = 'lab'): DeliveryHead {
    const ids = [...this.rows.keys()].filter((id) => Math.floor(id / 4096) === seq);
    const id = ids.length === 0 ? seq * 4096 : Math.max(...ids) + 1;
    const { envelope, ...rest } = planned;
    const state = planned.state === 'planned' ? 'waiting' : planned.state;
    this.rows.set(id, {
      id, seq, trace: `trace-${String(seq)}`, source, destination: planned.destination, recipient: planned.recipient, system: planned.system, action: planned.action, lane, state,
      reason: planned.reason.code, attempts: 0, notBefore: 0, deadline: planned.deadline, factsUpTo: seq, inDoubt: false, hasEnvelope: envelope !== null, plannedAt: at,
      planned: rest, envelope, answers: null, remoteId: null, correlation: null, attemptsMade: [], askers: [], noticeUntil: null,
    });
    return this.#head(this.row(id));
  }
  join(a: number, b: number, seq: number): void { const root = Math.min(this.#root(a), this.#root(b)); this.#roots.set(this.#root(a), root); this.#roots.set(this.#root(b), root); this.learn(root, seq); }
  learn(lane: number, seq: number, fact?: Known['fact']): void {
    this.#factSeqs.set(this.#root(lane), seq);
    if (fact !== undefined) this.facts0.push({ seq, fact });
  }
  /** A process dies and another starts: attempts without outcome are in doubt. */
  crash(): void { for (const row of this.rows.values()) if (row.state === 'sending') { row.state = 'waiting'; row.inDoubt = true; } }
  row(id: number): Row { const row = this.rows.get(id); if (row === undefined) throw new JournalFault('journal.unknown', String(id)); return row; }
  states(): Record<string, number> { const counts: Record<string, number> = {}; for (const { state } of this.rows.values()) counts[state] = (counts[state] ?? 0) + 1; return counts; }

  #root(lane: number): number { let root = lane; for (let up = this.#roots.get(root); up !== undefined && up !== root; up = this.#roots.get(root)) root = up; return root; }
  #head(row: Row): DeliveryHead {
    const { planned: _p, envelope: _e, answers: _a, remoteId: _r, correlation: _c, attemptsMade: _m, askers: _k, noticeUntil: _n, ...head } = row;
    return { ...head };
  }
  #some(keep: (row: Row) => boolean, limit: number): DeliveryHead[] {
    return [...this.rows.values()].filter(keep).sort((a, b) => a.id - b.id).slice(0, limit).map((row) => this.#head(row));
  }
  #born(row: Row, followUps: readonly FollowUp[], at: number): number[] { return followUps.map(({ delivery }) => this.add(row.seq, row.lane, delivery, at, row.source).id); }

  // — the port —
  async waiting(destination: string, after: number, limit: number): Promise<readonly DeliveryHead[]> {
    this.#called('waiting');
    return Promise.resolve(this.#some((row) => row.state === 'waiting' && row.destination === destination && row.id > after, limit));
  }
  async firstWaiting(destination: string, lanes: readonly number[], recipient: string | null): Promise<DeliveryHead | null> {
    this.#called('firstWaiting');
    return Promise.resolve(this.#some((row) => row.state === 'waiting' && row.destination === destination && row.recipient === recipient && lanes.includes(row.lane), 1)[0] ?? null);
  }
  async begin(ids: readonly number[], at: number): Promise<void> {
    this.#called('begin');
    for (const id of ids) {
      const row = this.row(id);
      if (row.state !== 'waiting') throw new JournalFault('journal.not-waiting', String(id));
      row.state = 'sending';
      row.attempts += 1;
      row.attemptsMade = [...row.attemptsMade, { n: row.attempts, startedAt: at, endedAt: null, outcome: null, fault: null, said: null, raw: null }];
    }
    return Promise.resolve();
  }
  async freeze(id: number, envelope: Envelope, answers: Uint8Array | null): Promise<void> {
    this.#called('freeze');
    const row = this.row(id);
    if (row.envelope !== null) throw new JournalFault('journal.frozen', String(id));
    Object.assign(row, { envelope, answers, hasEnvelope: true });
    return Promise.resolve();
  }
  readonly notes: Omit<JournalEvent, 'id'>[] = [];
  async note(event: Omit<JournalEvent, 'id'>): Promise<void> {
    this.#called('note');
    this.notes.push(event);
    return Promise.resolve();
  }
  async renew(id: number, answers: Uint8Array): Promise<void> {
    this.#called('renew');
    Object.assign(this.row(id), { answers });
    return Promise.resolve();
  }
  async settle(id: number, outcome: Outcome, followUps: readonly FollowUp[]): Promise<readonly number[]> {
    this.#called('settle');
    const row = this.row(id);
    if (isFinal(row.state)) throw new JournalFault('journal.final', String(id));
    const { next, receipt, at } = outcome;
    row.state = next.state;
    row.reason = outcome.reason;
    row.inDoubt = 'inDoubt' in next && next.inDoubt;
    row.notBefore = next.state === 'waiting' ? next.notBefore : 0;
    if (receipt.kind === 'submitted') row.noticeUntil = receipt.deadline;
    const last = row.attemptsMade.at(-1);
    if (last?.endedAt === null) row.attemptsMade = [...row.attemptsMade.slice(0, -1), { ...last, endedAt: at, outcome: receipt.kind, fault: 'fault' in receipt ? receipt.fault : null } satisfies Attempt];
    return Promise.resolve(this.#born(row, followUps, at));
  }
  async move(id: number, to: 'held' | 'waiting' | 'abandoned' | 'refused', reason: { code: string; at: number; factsUpTo?: number }, followUps: readonly FollowUp[]): Promise<readonly number[]> {
    this.#called('move');
    const row = this.row(id);
    if (isFinal(row.state)) throw new JournalFault('journal.final', String(id));
    if (row.state === 'sending') throw new JournalFault('journal.in-flight', String(id));
    row.state = to;
    row.reason = reason.code;
    row.notBefore = 0;
    if (reason.factsUpTo !== undefined) row.factsUpTo = reason.factsUpTo;
    return Promise.resolve(this.#born(row, followUps, reason.at));
  }
  async delivery(id: number): Promise<DeliveryFull | null> {
    this.#called('delivery');
    const row = this.rows.get(id);
    return Promise.resolve(row === undefined ? null : { ...row });
  }
  async body(_seq: number, parts: readonly BodyPart[]): Promise<Uint8Array> {
    this.#called('body');
    return Promise.resolve(Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : Buffer.from(part.document)))));
  }
  async overdue(now: number, limit: number): Promise<readonly DeliveryHead[]> {
    this.#called('overdue');
    return Promise.resolve(this.#some((row) => row.state === 'submitted' && row.noticeUntil !== null && row.noticeUntil <= now, limit));
  }
  async held(filter: { lanes?: readonly number[]; destination?: string; after?: number }, limit: number): Promise<readonly DeliveryHead[]> {
    this.#called('held');
    return Promise.resolve(this.#some((row) => row.state === 'held' && row.id > (filter.after ?? 0) && (filter.lanes?.includes(row.lane) ?? true) && row.destination === (filter.destination ?? row.destination), limit));
  }
  async unfinished(destination: string, recipient: string | null, series: readonly string[], before: number): Promise<readonly number[]> {
    this.#called('unfinished');
    return Promise.resolve(this.#some((row) => !isFinal(row.state) && row.state !== 'submitted' && row.destination === destination && row.recipient === recipient && row.id < before && row.planned.series.some((one) => series.includes(one)), 100).map(({ id }) => id));
  }
  async correlated(correlation: string, except = 0): Promise<number | null> {
    this.#called('correlated');
    return Promise.resolve(this.#some((row) => row.envelope?.steps[0]?.meta.controlId === correlation && row.seq !== except, 100).at(-1)?.id ?? null);
  }
  async facts(keys: readonly string[]): Promise<FactsAt> {
    this.#called('facts');
    const known = this.facts0.filter(({ fact }) => fact.keys.some((key) => keys.includes(key)));
    return Promise.resolve({ upTo: known.at(-1)?.seq ?? 0, known });
  }
  async lane(lane: number): Promise<{ root: number; members: readonly number[]; factSeq: number }> {
    this.#called('lane');
    const root = this.#root(lane);
    const members = [...new Set([...this.#roots.keys(), root, lane])].filter((one) => this.#root(one) === root);
    return Promise.resolve({ root, members, factSeq: this.#factSeqs.get(root) ?? 0 });
  }
}
