import { randomUUID } from 'node:crypto';
import type { Database } from '../../journal/sqlite/database.ts';
import type { KeyRing } from '../../journal/keys.ts';
import type { PlannedDelivery } from '../../domain/delivery.ts';
import type { Language } from '../../domain/finding.ts';
import type { FaultCode } from '../../domain/catalogue.ts';
import { seal, unseal } from '../../journal/seal.ts';
import type { Seen } from '../../journal/reader.ts';
import type { Journal } from '../../journal/journal.ts';
import { correctTrial, correctionApprove, correctionDrop, correctionReveal, messageCorrect, messageReplan, type Corrected, type CorrectionTrial, type PendingCorrection } from '../api/contract/story.ts';
import { ApiFault } from '../api/fault.ts';
import { holds, serve, type Served } from '../api/served.ts';
import type { Acts, By } from '../control/control.ts';
import type { Reader } from '../reading/reader.ts';
import type { Grants } from '../reading/reveal.ts';
import { isCorrected } from '../reading/spent.ts';
import { causeOf, found } from '../reading/words.ts';

/** What correcting a message did. */
export type CorrectIt = (trace: string, text: string, by: By, approved: boolean) => Promise<{ readonly trace: string; readonly seq: number | null; readonly outcome: string | null; readonly ack: string | null; readonly closed: readonly number[] }>;
/** What correcting it would do. */
export type TryIt = (trace: string, text: string) => Promise<{ readonly deliveries: readonly PlannedDelivery[]; readonly closes: readonly { readonly id: number; readonly destination: string }[]; readonly otherPerson: boolean }>;
export interface CorrectionPorts {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly reader: Pick<Reader, 'story' | 'content'>;
  readonly journal: Pick<Journal, 'note'>;
  readonly grants: Pick<Grants, 'give' | 'of'>;
  readonly tryIt: TryIt;
  readonly correct: CorrectIt;
  readonly replan: Acts['replan'];
  readonly secondPerson: boolean;
  readonly clock: () => number;
}
interface Row { readonly id: string; readonly trace: string; readonly source: string; readonly by: string; readonly why: string; readonly at: number; readonly sealed: Uint8Array }
/** Refusals that come before anything of the original is closed. */
const changesNothing: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'operate.correction-format', 'operate.correction-done', 'operate.correction-charset', 'operate.correction-unchanged', 'operate.correction-refused',
]);
const contextOf = (id: string): string => `correction/${id}`;

export interface Corrections {
  readonly routes: Served[];
  /** At the start: an approval that was cut short waits again, unless its copy came in. */
  resume(wasCorrected: (trace: string) => Promise<boolean>): Promise<void>;
  pending(seen: Seen): readonly PendingCorrection[];
}

/** Corrections: made at once, or kept sealed until another person approves them. */
export function corrections({ db, keys, reader, journal, grants, tryIt, correct, replan, secondPerson, clock }: CorrectionPorts): Corrections {
  const sql = {
    all: db.statement<Row>('SELECT id, trace, source, by, why, at, sealed FROM correction ORDER BY at'),
    one: db.statement<Row>('SELECT id, trace, source, by, why, at, sealed FROM correction WHERE id = ?'),
    add: db.statement('INSERT INTO correction(id, trace, source, by, why, at, sealed, state) VALUES(?, ?, ?, ?, ?, ?, ?, ?)'),
    remove: db.statement('DELETE FROM correction WHERE id = ?'),
    drop: db.statement("DELETE FROM correction WHERE id = ? AND state = 'pending'"),
    turn: db.statement('UPDATE correction SET state = ? WHERE id = ? AND state = ?'),
    left: db.statement<Row>("SELECT id, trace, source, by, why, at, sealed FROM correction WHERE state = 'doing'"),
  };
  const done = async (trace: string, text: string, by: By, approved: boolean): Promise<Corrected> => { const { closed, ...copy } = await correct(trace, text, by, approved); return { state: 'sent', id: null, ...copy, closed: [...closed] }; };
  /** One that the account sees. */
  const waiting = async (id: string, seen: Seen): Promise<Row> => {
    const row = found(sql.one.get(id));
    found(await reader.story(row.trace, seen));
    return row;
  };
  /** They act on all that comes of a message. @throws ApiFault */
  const whole = ({ destinations }: Seen): void => { if (destinations !== null) throw new ApiFault('operate.whole-message'); };
  const trial = async (trace: string, text: string, language: Language): Promise<CorrectionTrial> => {
    const { deliveries, closes, otherPerson } = await tryIt(trace, text);
    return {
      deliveries: deliveries.map(({ destination, system, action, state, recipient, reason }) => ({ destination, system, action, state, recipient, reason: causeOf(reason.code, language, reason.args) })),
      closes: closes.map(({ id, destination }) => ({ id, destination })), otherPerson, secondPerson: secondPerson || otherPerson,
    };
  };
  const textOf = ({ id, sealed }: Row): string => unseal(keys.sealing, contextOf(id), sealed).toString('utf8');
  const routes = [
    serve(correctTrial, async ({ params: { trace }, body: { grant, text }, caller: { scope }, session, language, concerns }) => {
      found(await reader.story(trace, scope));
      whole(scope);
      const asked = grants.of(grant, session, trace);
      if (asked === null) throw new ApiFault('operate.grant-ended', [], { place: 'body/grant' });
      concerns({ reason: asked.reason });
      return trial(trace, text, language);
    }),
    serve(correctionReveal, async ({ params: { id }, body: { reason }, caller: { account, scope }, session, language, concerns }) => {
      const row = await waiting(id, scope);
      concerns({ objects: { message: row.trace } });
      whole(scope);
      const { message: { seq } } = found(await reader.story(row.trace, scope));
      // Told before it is shown, as any look at a content.
      await journal.note({ seq, delivery: null, at: clock(), stage: 'operate', kind: 'revealed', detail: JSON.stringify({ by: account, why: reason }) });
      const { expiresAt } = grants.give(session, row.trace, reason);
      const { raw } = found(await reader.content(row.trace, scope, ['raw']));
      const text = textOf(row);
      return { expiresAt, original: raw?.shown.text ?? null, text, trial: await trial(row.trace, text, language) };
    }),
    serve(messageCorrect, async ({ params: { trace }, body: { reason, text }, caller: { account, scope }, concerns }) => {
      const { message: { source }, events } = found(await reader.story(trace, scope));
      whole(scope);
      if (isCorrected(events)) throw new ApiFault('operate.correction-done');
      const id = randomUUID();
      // Kept before anything of the original is closed: cut short, it waits for a person instead of being lost.
      sql.add.run(id, trace, source, account, reason, clock(), seal(keys.sealing, contextOf(id), Buffer.from(text)), secondPerson ? 'pending' : 'doing');
      if (!secondPerson) {
        try {
          const made = await done(trace, text, { by: account, why: reason }, false);
          sql.remove.run(id);
          concerns({ objects: { copy: made.trace ?? '' } });
          return made;
        } catch (error) {
          const { code } = error as { readonly code?: FaultCode };
          if (code !== undefined && changesNothing.has(code)) { sql.remove.run(id); throw error; }
          sql.turn.run('pending', id, 'doing');
          if (code !== 'operate.correction-other-person') throw error;
        }
      }
      concerns({ objects: { correction: id } });
      return { state: 'pending', id, trace: null, seq: null, outcome: null, ack: null, closed: [] } satisfies Corrected;
    }),
    serve(correctionApprove, async ({ params: { id }, body: { reason }, caller: { account, scope }, concerns }) => {
      const row = await waiting(id, scope);
      concerns({ objects: { message: row.trace } });
      whole(scope);
      // Whose own was cut short may end it where one person is enough; one about another person is refused to him again.
      const own = row.by === account;
      if (own && secondPerson) throw new ApiFault('operate.second-person');
      if (sql.turn.run('doing', id, 'pending') === 0) throw new ApiFault('operate.correction-under-way');
      const made = await done(row.trace, textOf(row), { by: own ? account : `${row.by}, ${account}`, why: `${row.why} / ${reason}` }, !own)
        .catch((error: unknown) => { sql.turn.run('pending', id, 'doing'); throw error; });
      sql.remove.run(id);
      concerns({ objects: { copy: made.trace ?? '' } });
      return made;
    }),
    serve(correctionDrop, async ({ params: { id }, caller: { scope }, concerns }) => {
      const row = await waiting(id, scope);
      concerns({ objects: { message: row.trace } });
      whole(scope);
      if (sql.drop.run(id) === 0) throw new ApiFault('operate.correction-under-way');
      return { done: true as const };
    }),
    serve(messageReplan, async ({ params: { trace }, body: { reason }, caller: { account, scope } }) => {
      found(await reader.story(trace, scope));
      whole(scope);
      return replan(trace, { by: account, why: reason });
    }),
  ];
  return {
    routes,
    resume: async (wasCorrected) => {
      for (const { id, trace } of sql.left.all()) if (await wasCorrected(trace)) sql.remove.run(id); else sql.turn.run('pending', id, 'doing');
    },
    // Its message has a source; who sees some destinations only sees it in the message's own story.
    pending: (seen) => (seen.destinations === null ? sql.all.all().filter(({ source }) => holds(seen.sources, source)).map(({ id, trace, source, by, why, at }) => ({ id, trace, source, by, why, at })) : []),
  };
}
