import type { FaultCode } from '../domain/catalogue.ts';
import type { Clock, Ids } from '../domain/clock.ts';
import type { PlannedDelivery } from '../domain/delivery.ts';
import { finding, type Finding } from '../domain/finding.ts';
import { isAcknowledgement, type Identified } from '../domain/message.ts';
import { Stopping } from '../domain/stopping.ts';
import type { Notice } from '../formats/notice/notice.ts';
import type { Repeats } from '../domain/repeats.ts';
import type { StageTimes } from '../domain/stage.ts';
import { JournalFault, type Journal, type NewMessage, type NewPlan, type Planned } from '../journal/journal.ts';
import type { Accept, Answer, Received } from './accept.ts';
import { OneAtATime, Turns } from './turns.ts';
import type { Unplanned } from './unplanned.ts';

/** What the stages made of a message. `findings` are `code@place`, for the log; `repeats` when all its documents came before. */
export interface Staged { readonly plan: NewPlan; readonly findings: readonly string[]; readonly repeats: Repeats | null; /** What a mail says of an earlier one. */ readonly notice?: Notice | null; /** Measured when somebody traces. */ readonly times?: StageTimes }

/** What accepting needs besides the journal. Everything that knows the stages comes in from compose. */
export interface AcceptancePorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly unplanned: Unplanned;
  readonly stageBudgetMs: number;
  readonly identify: (bytes: Uint8Array, source: Received['source']) => Identified;
  /** SHA-256 of the content without MSH-7: exactly-once compares on it. */
  readonly digest: (bytes: Uint8Array, source: Received['source']) => Uint8Array;
  /** Says the volet by MSH-21: a reused control id is told otherwise there (design.md §2). */
  readonly isVolet: (bytes: Uint8Array) => boolean;
  /** The pure stages, in a worker. Rejects when the worker died or the stages threw: the message is then quarantined; with Stopping, it failed at nothing. */
  readonly stages: (received: Received, trace: string) => Promise<Staged>;
  /** A technical acknowledgement in the message's own format; null when the format has none. */
  readonly acknowledge: (received: Received, code: 'AE' | 'AR' | 'CA' | 'CE' | 'CR', findings: readonly Finding[], trace: string) => Uint8Array | null;
  /** The plan completed with what only the journal's past can tell: application and repeated business acknowledgements. */
  readonly complete: (staged: Staged, received: Received, identified: Identified, trace: string) => Promise<NewPlan>;
  /** An application acknowledgement that goes by a connection of its own, after CA; none in original mode. */
  readonly answers: (ack: Uint8Array, received: Received, identified: Identified, trace: string) => readonly PlannedDelivery[];
  /** Deliveries planned and settlements made: the dispatcher's fast path. */
  readonly planned: (planned: Planned, plan: Pick<NewPlan, 'deliveries' | 'facts' | 'notice'>) => void;
  readonly crashPoint: (name: 'after-append' | 'after-plan') => void;
  readonly log: (event: AcceptanceEvent) => void;
}

/** One wide event a message: ids, places and codes, never a value. */
export interface AcceptanceEvent {
  readonly trace: string; readonly source: string; readonly via: string; readonly type: string; readonly size: number; readonly seq: number | null;
  readonly outcome: 'planned' | 'rejected' | 'consumed' | 'repeated' | 'quarantined' | 'refused'; readonly ack: string | null;
  readonly deliveries: number; readonly findings: readonly string[]; readonly ms: number;
  /** Where the stages failed, in our own program: kind of error and place, never its text (it may quote the message). */
  readonly trouble?: string;
}
/** What became of a message in the workers. */
type Worked = { readonly staged: Staged } | { readonly staged: null; readonly trouble: string; readonly stopping: boolean };
type Taken = Omit<AcceptanceEvent, 'trace' | 'source' | 'via' | 'type' | 'size' | 'ms' | 'ack'> & { readonly answer: Answer };

const codeOf = (plan: NewPlan): Answer['code'] => (plan.ack?.code ?? null) as Answer['code'];

/** The way in: bytes to a durable plan and its acknowledgement (invariants 1 and 2). */
export function createAcceptance(ports: AcceptancePorts): Accept {
  const { journal, clock, unplanned } = ports;
  const turns = new Turns();
  /** Messages whose plan was overtaken by others' facts: made again in the order of their stream, ahead of what follows. */
  const remaking = new Turns();
  const same = new OneAtATime();

  const refuse = (received: Received, identified: Identified, trace: string, fault: FaultCode): Taken => {
    const code = identified.enhanced ? 'CR' : 'AR';
    return { seq: null, outcome: 'refused', deliveries: 0, findings: [fault], answer: { code, bytes: ports.acknowledge(received, code, [finding(fault, '')], trace), trace } };
  };

  const done = (planned: Planned, plan: NewPlan, findings: readonly string[], trace: string): Taken => {
    ports.planned(planned, plan);
    return { seq: planned.seq, outcome: plan.disposition, deliveries: planned.deliveries.length, findings, answer: { code: codeOf(plan), bytes: plan.ack?.bytes ?? null, trace } };
  };

  /** The worker died on it, or the stages threw: the bytes are kept for a person, and the sender is told; after CA, by a delivery. */
  const quarantine = async (received: Received, identified: Identified, trace: string, message: NewMessage | number, trouble: string): Promise<Taken> => {
    const fault = 'intake.stages-failed';
    const bytes = ports.acknowledge(received, 'AE', [finding(fault, '')], trace);
    const answers = bytes === null ? [] : ports.answers(bytes, received, identified, trace);
    const { seq, deliveries } = await journal.quarantine(message, fault, answers);
    ports.planned({ seq, lane: 0, deliveries, settled: [] }, { deliveries: answers, facts: [] });
    return { seq, outcome: 'quarantined', deliveries: deliveries.length, findings: [fault], answer: { code: 'AE', bytes, trace }, trouble };
  };

  const work = (received: Received, trace: string): Promise<Worked> =>
    ports.stages(received, trace).then((staged): Worked => ({ staged }), (error: unknown): Worked => ({ staged: null, trouble: placeOf(error), stopping: error instanceof Stopping }));

  /** Bytes and plan in one transaction: the normal way. */
  const together = async (received: Received, identified: Identified, trace: string, message: NewMessage): Promise<Taken> => {
    const turn = turns.enter(received.stream);
    try {
      const stages = work(received, trace);
      const first = await within(stages, ports.stageBudgetMs);
      await turn.before;
      if (first === 'late') { const taken = storedFirst(received, identified, trace, message, stages); turn.done(); return await taken; }
      if (first.staged === null) {
        if (first.stopping) throw new Stopping();
        const kept = quarantine(received, identified, trace, message, first.trouble);
        turn.done();
        return await kept;
      }
      const { staged } = first;
      const plan = await ports.complete(staged, received, identified, trace);
      for (let others = remaking.free(received.stream); others !== null; others = remaking.free(received.stream)) await others;
      const committed = journal.accept(message, plan);
      turn.done();
      // The place among the remade is taken in the very turn of the refusal, which is told at once: nothing of the stream can be written before it.
      const written = await committed.then((planned) => ({ planned, plan, staged }), (error: unknown) => {
        if (!isStale(error)) throw error;
        return remade(received, identified, trace, message);
      });
      ports.crashPoint('after-plan');
      return done(written.planned, written.plan, written.staged.findings, trace);
    } finally { turn.done(); }
  };

  /** Other messages taught something about its patient or documents while it was planned: the stages look again. */
  const remade = async (received: Received, identified: Identified, trace: string, message: NewMessage): Promise<{ planned: Planned; plan: NewPlan; staged: Staged }> => {
    const place = remaking.enter(received.stream);
    try {
      await place.before;
      for (let left = mostRemade; ; left -= 1) {
        const staged = await ports.stages(received, trace);
        const plan = await ports.complete(staged, received, identified, trace);
        try { return { planned: await journal.accept(message, plan), plan, staged }; } catch (error) {
          if (!isStale(error) || left <= 1) throw error;
        }
      }
    } finally { place.done(); }
  };

  /** Bytes first, plan when it is there: enhanced mode, or a message over its time budget. */
  const storedFirst = async (received: Received, identified: Identified, trace: string, message: NewMessage, stages: Promise<Worked>): Promise<Taken> => {
    // From its COMMIT on, before the disk has synced: deliveries of later messages are read from the journal as early.
    const { seq } = await journal.append(message, (stored) => { unplanned.add(received.source.id, stored); });
    ports.crashPoint('after-append');
    const rest = finish(received, identified, trace, seq, stages);
    if (!identified.enhanced) return rest;
    rest.catch(() => undefined); // the gateway stops: a restart completes it
    return { seq, outcome: 'planned', deliveries: 0, findings: [], answer: { code: 'CA', bytes: ports.acknowledge(received, 'CA', [], trace), trace } };
  };

  /** @throws Stopping, JournalFault: it stays in the pipeline, and a restart completes it */
  const finish = async (received: Received, identified: Identified, trace: string, seq: number, stages: Promise<Worked>): Promise<Taken> => {
    const written = await planned(received, identified, trace, seq, stages).catch((error: unknown) => ({ failed: error }));
    if ('failed' in written && isStop(written.failed)) throw written.failed;
    try {
      if ('failed' in written) return await untilWritten(() => quarantine(received, identified, trace, seq, placeOf(written.failed)));
    } finally { unplanned.remove(received.source.id, seq); }
    ports.crashPoint('after-plan');
    return done(written.planned, written.plan, written.staged.findings, trace);
  };

  /** The plan of a stored message, written. Until then it stays in the pipeline, and what came after it waits: the disk will come back. */
  const planned = async (received: Received, identified: Identified, trace: string, seq: number, stages: Promise<Worked>): Promise<{ planned: Planned; plan: NewPlan; staged: Staged }> => {
    for (let worked = await stages, left = mostRemade; ; left -= 1) {
      const { staged } = worked;
      if (staged === null) throw worked.stopping ? new Stopping() : new Failed(worked.trouble);
      try {
        return await untilWritten(async () => {
          const plan = await ports.complete(staged, received, identified, trace);
          return { planned: await journal.plan(seq, plan), plan, staged };
        });
      } catch (error) {
        if (!isStale(error) || left <= 0) throw error;
        worked = await work(received, trace);
      }
    }
  };

  const take = async (received: Received, identified: Identified, trace: string): Promise<Taken> => {
    const message: NewMessage = { trace, source: received.source.id, receivedAt: received.receivedAt, identified, contentDigest: ports.digest(received.bytes, received.source), bytes: received.bytes, stream: received.stream };
    if (identified.controlId !== '' && !isAcknowledgement(identified.type)) {
      const repeat = await journal.answerOf(received.source.id, identified.controlId, message.contentDigest);
      if (repeat.kind === 'same') {
        await journal.repeated(repeat.seq, received.receivedAt);
        return { seq: repeat.seq, outcome: 'repeated', deliveries: 0, findings: [], answer: { code: 'AA', bytes: repeat.ack, trace } };
      }
      if (repeat.kind === 'pending') return refuse(received, identified, trace, 'intake.pending');
      if (repeat.kind === 'other') return reused(received, identified, trace, message);
    }
    if (identified.enhanced) return storedFirst(received, identified, trace, message, work(received, trace));
    return together(received, identified, trace, message);
  };

  /** The same control id with other content: refused, and kept for a person. */
  const reused = async (received: Received, identified: Identified, trace: string, message: NewMessage): Promise<Taken> => {
    const found = [finding(ports.isVolet(received.bytes) ? 'intake.control-id-reused-volet' : 'intake.control-id-reused', 'MSH-10')];
    const code = identified.enhanced ? 'CE' : 'AE';
    const bytes = ports.acknowledge(received, code, found, trace);
    const plan: NewPlan = {
      disposition: 'rejected', ack: bytes === null ? null : { code, bytes }, bundle: null, record: new TextEncoder().encode(JSON.stringify({ findings: found, losses: [] })),
      plannedAt: clock(), facts: [], factsUpTo: 0, identities: [], keys: [], deliveries: [], settlements: [], documents: new Map(),
    };
    return done(await journal.accept(message, plan), plan, found.map((one) => `${one.code}@${one.location}`), trace);
  };

  return async (received) => {
    const started = performance.now();
    const trace = ports.ids();
    const said = ports.identify(received.bytes, received.source);
    // Who cannot be told later is told at once, whatever it asked for.
    const identified = said.enhanced && received.source.answersTo === null ? { ...said, enhanced: false } : said;
    let taken: Taken;
    try {
      const taking = () => take(received, identified, trace);
      taken = identified.controlId === '' ? await taking() : await same.run(`${received.source.id}|${identified.controlId}`, taking);
    } catch (error) {
      // Nothing was promised: the sender may send it again once the journal writes again.
      taken = refuse(received, identified, trace, error instanceof Stopping ? 'intake.stopping' : error instanceof JournalFault ? error.code as FaultCode : 'intake.failed');
    }
    const { answer, ...rest } = taken;
    ports.log({ trace, source: received.source.id, via: received.via, type: identified.type, size: received.bytes.length, ...rest, ack: answer.code, ms: performance.now() - started });
    return answer;
  };
}

/** The stages failed on a stored message; its text is the place. */
class Failed extends Error { override readonly name = 'StageFailed' }
/** Workers say where they failed in the message of a StageFailed; of any other error only the kind, or the journal's code, is told. */
const placeOf = (error: unknown): string => (error instanceof Error ? error.name === 'StageFailed' ? error.message : error instanceof JournalFault ? error.code : error.name : 'unknown');
const isStop = (error: unknown): boolean => error instanceof Stopping || (error instanceof JournalFault && error.code === 'journal.closed');

/** Stages run again at most so often on one message: whoever is overtaken each time is told to come back. */
const mostRemade = 3;
const isStale = (error: unknown): boolean => error instanceof JournalFault && error.code === 'journal.stale-plan';

const retryMs = 1000;
const passing: ReadonlySet<string> = new Set(['journal.disk-full', 'journal.io', 'journal.read-only', 'journal.locked']);

/** Writes what must be written, as often as it takes: only a disk that refuses for a while is waited for. */
async function untilWritten<T>(write: () => Promise<T>): Promise<T> {
  for (;;) {
    try { return await write(); } catch (error) {
      if (!(error instanceof JournalFault) || !passing.has(error.code)) throw error;
      await new Promise((wake) => { setTimeout(wake, retryMs).unref(); });
    }
  }
}

/** The work's result, or `late` when it takes longer; the work goes on. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => { timer = setTimeout(resolve, ms, 'late'); });
  try { return await Promise.race([work, late]); } finally { clearTimeout(timer); }
}
