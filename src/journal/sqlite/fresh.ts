import { journalFault } from '../fault.ts';
import type { NewPlan } from '../journal.ts';
import { askersCheck } from './askers.ts';
import type { Batch } from './batch.ts';
import { Refusal } from './group-commit.ts';
import { noticeCheck } from './notices.ts';
import { indexed, type Store } from './store.ts';

/**
 * Refuses a plan made on facts that are no longer all of them: without this, two messages that are planned at the same time
 * would each be judged as if the other had never come (invariant 9, exactly-once of documents). Fact ids grow with the
 * commits, whatever the sequence numbers of the messages that teach. So is one refused that was made on deliveries which have
 * ended or moved since; and after any of them the later ones of its stream, which must not go before it (invariant 6).
 */
export function freshnessOf(store: Store): (batch: Batch, plan: NewPlan, stream?: string) => void {
  const { db, index } = store;
  const noticeHolds = noticeCheck(store);
  const askersHold = askersCheck(store);
  const later = db.statement<{ fact: number }>('SELECT fact FROM fact_key WHERE hash = ? AND fact > ? LIMIT 1');
  const refusedStreams = new WeakMap<Batch, Set<string>>();
  const overtaken = (batch: Batch, asked: NonNullable<NewPlan['asked']>): boolean => batch.value('fact') > asked.taught
    && asked.keys.some((key) => index.all(indexed.fact(key)).some((hash) => later.get(hash, asked.taught) !== undefined));

  return (batch, plan, stream) => {
    const { asked, disposition } = plan;
    const refused = refusedStreams.get(batch);
    // What is rejected goes nowhere: it keeps no place in an order.
    const behind = stream !== undefined && disposition !== 'rejected' && refused?.has(stream) === true;
    if (!behind && (asked === undefined || !overtaken(batch, asked)) && noticeHolds(plan) && askersHold(plan)) return;
    if (stream !== undefined) refusedStreams.set(batch, (refused ?? new Set()).add(stream));
    throw new Refusal(journalFault('journal.stale-plan'));
  };
}
