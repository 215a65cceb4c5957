import type { Released } from '../../deliver/acts.ts';
import type { SearchKey } from '../../domain/message.ts';
import type { DestinationCheck } from './checks.ts';
import type { Verified } from '../api/contract/audit.ts';
import { partnerText, unquoted } from '../reading/partner-text.ts';
import { lateFindings } from '../late-findings.ts';
import type { DestinationControl } from './destinations.ts';
import type { Attempt, Counts, DeliveryFull, Journal, JournalEvent, MessageFilter, MessageHead, Retained } from '../../journal/journal.ts';

/** Who acts and why: kept in the message's story, never optional. */
export interface By { readonly by: string; readonly why: string }

/** One message's story without any of its content: ids, states, codes and places. */
export interface Story {
  readonly message: MessageHead;
  readonly findings: readonly { readonly severity: string; readonly code: string; readonly location: string; readonly text: string }[];
  readonly losses: readonly { readonly location: string; readonly reason: string }[];
  readonly deliveries: readonly StoryDelivery[];
  readonly events: readonly JournalEvent[];
}
export type StoryDelivery = Pick<DeliveryFull, 'id' | 'destination' | 'action' | 'state' | 'reason' | 'attempts' | 'notBefore' | 'deadline' | 'inDoubt' | 'remoteId'>
  & {
    /** Places and codes that fill the reason's text. */
    readonly args: readonly string[];
    /** What an attempt said besides its fault: places and codes, the partner's own code. Its own words are revealed only. */
    readonly tries: readonly { n: number; startedAt: number; endedAt: number | null; outcome: string | null; fault: string | null; said: Attempt['said'] }[];
  };
/** A message's content, shown to a person who gave a reason: the very bytes, in base64. Documents by name; `answers`: the partners' own words at each attempt, which may quote the message. */
export interface Revealed { readonly answers: string | null; readonly raw: string | null; readonly ack: string | null; readonly bundle: string | null; readonly documents: Readonly<Record<string, string>> }

export type RevealedPart = 'answers';

/** What an operator can ask of a gateway, running or not. */
export interface Control extends DestinationControl {
  list(filter: MessageFilter, limit: number): Promise<readonly MessageHead[]>;
  search(key: SearchKey, limit: number): Promise<readonly MessageHead[]>;
  /** `ref` is a sequence number or a trace. */
  show(ref: string): Promise<Story | null>;
  /** @param only that part alone, the others null; all when absent */
  reveal(ref: string, by: By, only?: RevealedPart): Promise<Revealed | null>;
  release(delivery: number, by: By): Promise<Released>;
  abandon(delivery: number, by: By): Promise<void>;
  /** @returns the number of the new delivery */
  replay(delivery: number, by: By): Promise<number>;
  /** Plans a quarantined message again, as the version and configuration of now. */
  replan(ref: string, by: By): Promise<Replanned>;
  counts(): Promise<Counts>;
  /** Asks every partner now (`doctor`). */
  checks(): Promise<readonly DestinationCheck[]>;
  verify(): Promise<readonly string[]>;
  backup(file: string): Promise<void>;
  retain(): Promise<Retained>;
  /** Whether the audit log is as it was written (src/operate/audit). */
  verifyAudit(): Promise<Verified>;
}
/** Before its acts are written to the audit log: `auditedControl` makes a control of it. */
export type PlainControl = Omit<Control, 'verifyAudit'>;
/** The acts that change a delivery or a message: through the gateway when it runs, else on the journal itself. */
export type Acts = Pick<Control, 'release' | 'abandon' | 'replay' | 'replan'>;
/** What became of a message that was planned again. `ack`: what its sender gets from now on when it sends it again. */
export interface Replanned { readonly seq: number; readonly disposition: string; readonly ack: string | null; readonly deliveries: number }

/** A message as a person names it: its number, else its trace. */
export const reference = (ref: string): { seq: number } | { trace: string } => (/^\d{1,15}$/.test(ref) ? { seq: Number(ref) } : { trace: ref });
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const orNull = (bytes: Uint8Array | null): string | null => (bytes === null ? null : base64(bytes));

async function story(journal: Journal, ref: string): Promise<Story | null> {
  const found = await journal.message(reference(ref));
  if (found === null) return null;
  const { bytes: _bytes, ackBytes: _ack, bundle, record, documents: _documents, deliveries: heads, factsUpTo: _facts, crashes: _crashes, ...message } = found;
  const told = record === null ? {} : JSON.parse(Buffer.from(record).toString('utf8')) as Partial<Pick<Story, 'findings' | 'losses'>>;
  const partners = partnerText(bundle);
  const deliveries: StoryDelivery[] = [];
  for (const { id } of heads) {
    const read = await journal.delivery(id);
    if (read === null) continue;
    const one = unquoted(read, partners);
    const { destination, action, state, reason, attempts, notBefore, deadline, inDoubt, remoteId, attemptsMade, planned } = one;
    const args = (planned.reason.code === reason ? planned.reason.args : attemptsMade.findLast(({ fault }) => fault === reason)?.said?.args) ?? [];
    deliveries.push({ id, destination, action, state, reason, attempts, notBefore, deadline, inDoubt, remoteId, args, tries: attemptsMade.map(({ raw: _raw, ...rest }) => rest) });
  }
  const events = await journal.events(found.seq);
  return { message, findings: [...told.findings ?? [], ...lateFindings(events)], losses: told.losses ?? [], deliveries, events };
}

async function reveal(journal: Journal, ref: string, { by, why }: By, only: RevealedPart | null, at: number): Promise<Revealed | null> {
  const found = await journal.message(reference(ref));
  if (found === null) return null;
  // Told before it is shown: a reveal that cannot be kept is not made (design.md §7).
  await journal.note({ seq: found.seq, delivery: null, at, stage: 'operate', kind: 'revealed', detail: JSON.stringify({ by, why, ...(only === null ? {} : { parts: [only] }) }) });
  const answers: string[] = [];
  for (const { id } of found.deliveries) {
    const one = await journal.delivery(id);
    for (const { n, raw } of one?.attemptsMade ?? []) if (raw !== null) answers.push(`${one?.destination ?? ''} ${id} #${n}: ${raw}`);
    if (one !== null && one.remoteId !== null) answers.push(`${one.destination} ${id} id: ${one.remoteId}`);
  }
  const words = answers.length === 0 ? null : base64(Buffer.from(`${answers.join('\n')}\n`));
  if (only === 'answers') return { answers: words, raw: null, ack: null, bundle: null, documents: {} };
  return { answers: words, raw: orNull(found.bytes), ack: orNull(found.ackBytes), bundle: orNull(found.bundle), documents: Object.fromEntries([...found.documents].map(([name, bytes]) => [name, base64(bytes)])) };
}

export interface ControlPorts {
  readonly journal: Journal;
  readonly acts: Acts;
  readonly destinations: DestinationControl;
  readonly checks: () => Promise<readonly DestinationCheck[]>;
  readonly clock: () => number;
  readonly retention: { readonly payloadDays: number; readonly messageDays: number };
}

export function createControl({ journal, acts, destinations, checks, clock, retention }: ControlPorts): PlainControl {
  const daysAgo = (days: number): number => clock() - days * 86_400_000;
  return {
    list: (filter, limit) => journal.messages(filter, limit),
    search: async (key, limit) => journal.messages({ seqs: await journal.search(key, limit) }, limit),
    show: (ref) => story(journal, ref),
    reveal: (ref, by, only) => reveal(journal, ref, by, only ?? null, clock()),
    ...acts,
    ...destinations,
    checks,
    counts: () => journal.counts(),
    verify: () => journal.verify(),
    backup: (file) => journal.backup(file),
    retain: () => journal.retain({ payloadsBefore: daysAgo(retention.payloadDays), messagesBefore: daysAgo(retention.messageDays) }),
  };
}
