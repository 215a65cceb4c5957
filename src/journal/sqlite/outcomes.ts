import { isFinal, type DeliveryState, type Envelope, type Receipt } from '../../domain/delivery.ts';
import { journalFault } from '../fault.ts';
import type { FollowUp, MoveReason, Outcome } from '../journal.ts';
import { askersCounter, askersWriter } from './askers.ts';
import type { Batch } from './batch.ts';
import { countMove, stateOf } from './counters.ts';
import { correlationOf, followUpWriter, presentReader, type Present } from './deliveries.ts';
import type { Documents } from './documents.ts';
import { Refusal } from './group-commit.ts';
import { stateNumbers } from './schema.ts';
import type { Store } from './store.ts';

export interface Outcomes {
  begin(batch: Batch, ids: readonly number[], at: number): void;
  freeze(batch: Batch, id: number, envelope: Envelope, answers: Uint8Array | null): void;
  renew(batch: Batch, id: number, answers: Uint8Array): void;
  settle(batch: Batch, id: number, outcome: Outcome, followUps: readonly FollowUp[]): readonly number[];
  move(batch: Batch, id: number, to: 'held' | 'waiting' | 'abandoned' | 'refused', reason: MoveReason, followUps: readonly FollowUp[]): readonly number[];
  replay(batch: Batch, id: number, reason: MoveReason, again: FollowUp): readonly number[];
}

/** What the receipt says besides its fault; nothing is kept of the common one, that has none. */
function saidOf(batch: Batch, receipt: Receipt): Uint8Array | null {
  const args = 'args' in receipt ? receipt.args ?? [] : [];
  const remote = 'remote' in receipt ? receipt.remote ?? null : null;
  return args.length === 0 && remote === null ? null : batch.put(Buffer.from(JSON.stringify({ args, remote })));
}

/** What deliveries go through. Each call runs inside a transaction and refuses before it writes. */
export function openOutcomes(store: Store, documents: Documents): Outcomes {
  const { db, unsent } = store;
  const present = presentReader(store);
  const addFollowUp = followUpWriter(store, documents);
  const askers = askersWriter(store);
  const askersOf = askersCounter(store);
  const sql = {
    begin: db.statement('UPDATE delivery SET state = 1, attempts = attempts + 1, begun_at = ? WHERE id = ?'),
    freeze: db.statement('UPDATE delivery SET envelope_ref = ?, answers_ref = ?, correlation = coalesce(?, correlation) WHERE id = ?'),
    renew: db.statement('UPDATE delivery SET answers_ref = ? WHERE id = ?'),
    attempt: db.statement('INSERT INTO attempt(delivery, n, started_at, ended_at, outcome, fault, raw_ref, said_ref) VALUES(?, ?, ?, ?, ?, ?, ?, ?)'),
    attemptOnly: db.statement('UPDATE delivery SET begun_at = NULL WHERE id = ?'),
    settle: db.statement(
      `UPDATE delivery SET state = ?, reason = ?, not_before = ?, in_doubt = ?, begun_at = NULL, notice_until = ?, correlation = coalesce(?, correlation),
         remote_id = coalesce(?, remote_id) WHERE id = ?`),
    move: db.statement(
      'UPDATE delivery SET state = ?, reason = ?, not_before = 0, notice_until = NULL, facts_up_to = max(facts_up_to, ?) WHERE id = ?'),
    event: db.statement("INSERT INTO event(id, seq, delivery, at, stage, kind, detail) VALUES(?, ?, ?, ?, 'deliver', ?, ?)"),
  };
  const find = (id: number): Present & { was: DeliveryState } => {
    const row = present(id);
    if (row === undefined) throw new Refusal(journalFault('journal.unknown', `delivery ${id}`));
    return { ...row, was: stateOf(row.state) };
  };
  const born = (batch: Batch, parent: Present, at: number, followUps: readonly FollowUp[]): readonly number[] =>
    followUps.map((followUp) => addFollowUp(batch, parent, at, followUp).id);
  /** Who asked since its follow-ups were made must be told too. */
  const nobodySince = (id: number, to: DeliveryState, told = 0) => { if (isFinal(to) && askersOf(id) !== told) throw new Refusal(journalFault('journal.asked-since', String(id))); };
  const closeAttempt = (batch: Batch, row: Present, at: number, receipt: Receipt) => {
    if (row.begun_at === null) return;
    const raw = 'raw' in receipt && typeof receipt.raw === 'string' ? batch.put(Buffer.from(receipt.raw)) : null;
    sql.attempt.run(row.id, row.attempts, row.begun_at, at, receipt.kind, 'fault' in receipt ? receipt.fault : null, raw, saidOf(batch, receipt));
  };

  return {
    begin: (batch, ids, at) => {
      const rows = [...new Set(ids)].map(find);
      const other = rows.find((row) => row.was !== 'waiting');
      if (other !== undefined) throw new Refusal(journalFault('journal.not-waiting', String(other.id)));
      for (const row of rows) {
        sql.begin.run(at, row.id);
        countMove(batch, row.destination, 'waiting', 'sending');
      }
    },
    freeze: (batch, id, envelope, answers) => {
      const row = find(id);
      if (isFinal(row.was)) throw new Refusal(journalFault('journal.final', String(id)));
      if (row.envelope_ref !== null) throw new Refusal(journalFault('journal.frozen', String(id)));
      sql.freeze.run(documents.putEnvelope(batch, row.seq, envelope), answers === null ? null : batch.put(answers), correlationOf(envelope), id);
    },
    renew: (batch, id, answers) => {
      const row = find(id);
      if (isFinal(row.was)) throw new Refusal(journalFault('journal.final', String(id)));
      sql.renew.run(batch.put(answers), id);
      batch.release(row.answers_ref);
    },
    settle: (batch, id, { at, receipt, next, reason, askers: told }, followUps) => {
      unsent.drop(id);
      const row = find(id);
      if (isFinal(row.was)) {
        // A notice closed it while its attempt was under way: the attempt is told, the notice stands.
        if (row.begun_at === null) throw new Refusal(journalFault('journal.final', String(id)));
        closeAttempt(batch, row, at, receipt);
        sql.attemptOnly.run(id);
        return [];
      }
      nobodySince(id, next.state, told);
      closeAttempt(batch, row, at, receipt);
      const again = next.state === 'waiting' ? next : null;
      const submitted = receipt.kind === 'submitted' ? receipt : null;
      sql.settle.run(stateNumbers[next.state], reason, again?.notBefore ?? 0, 'inDoubt' in next && next.inDoubt ? 1 : 0,
        next.state === 'submitted' ? submitted?.deadline ?? null : null, submitted?.correlation ?? null,
        receipt.kind === 'delivered' ? receipt.remoteId ?? null : null, id);
      countMove(batch, row.destination, row.was, next.state);
      return born(batch, row, at, followUps);
    },
    move: (batch, id, to, reason, followUps) => {
      unsent.drop(id);
      const row = find(id);
      if (isFinal(row.was)) throw new Refusal(journalFault('journal.final', String(id)));
      if (row.was === 'sending') throw new Refusal(journalFault('journal.in-flight', String(id)));
      nobodySince(id, to, reason.askers);
      sql.move.run(stateNumbers[to], reason.code, reason.factsUpTo ?? 0, id);
      sql.event.run(batch.next('event'), row.seq, id, reason.at, 'moved', JSON.stringify({ from: row.was, to, code: reason.code, by: reason.by, text: reason.text }));
      countMove(batch, row.destination, row.was, to);
      return born(batch, row, reason.at, followUps);
    },
    replay: (batch, id, reason, again) => {
      const row = find(id);
      if (!isFinal(row.was)) throw new Refusal(journalFault('journal.not-final', String(id)));
      const made = born(batch, row, reason.at, [again]);
      for (const one of made) askers.again(batch, id, one);
      sql.event.run(batch.next('event'), row.seq, id, reason.at, 'replayed', JSON.stringify({ from: row.was, code: reason.code, by: reason.by, text: reason.text, as: made[0] }));
      return made;
    },
  };
}
