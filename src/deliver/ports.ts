import type { Clock } from '../domain/clock.ts';
import type { Envelope, Reason, Receipt } from '../domain/delivery.ts';
import type { Finding } from '../domain/finding.ts';
import type { gate } from '../facts/gate.ts';
import type { DeliveryFull, FollowUp, Journal } from '../journal/journal.ts';
import type { Alarm } from './alarm.ts';
import type { Answers, Work } from './connector.ts';
import type { DestinationRules, Partner } from './destination.ts';
import type { Log } from './events.ts';

/** Where the crash test may stop the process: see test/crash. */
export type CrashPoint = 'after-envelope' | 'before-answer' | 'after-answer' | 'after-settle';

/** What the engine uses of the journal. */
export type DeliveryJournal = Pick<Journal, 'waiting' | 'firstWaiting' | 'begin' | 'freeze' | 'renew' | 'settle' | 'move' | 'delivery' | 'body' | 'overdue' | 'held' | 'unfinished' | 'correlated' | 'facts' | 'lane' | 'note'>;

/** What a connector prepared; `withheld`: it does not meet the destination's profiles. `findings`: what these say of it. */
export type Prepared = (Envelope | { readonly withheld: Reason }) & { readonly findings?: readonly Finding[] };

/** Everything the engine is given by compose. */
export interface DeliverPorts {
  readonly journal: DeliveryJournal;
  /** By destination id. A delivery to any other destination waits; only a refusal by today's facts moves it. */
  readonly partners: ReadonlyMap<string, Partner>;
  /** What the gate must know of a destination whose connector does not exist; undefined when the configuration has none of that name. */
  readonly unconnected: (destination: string) => Pick<DestinationRules, 'production' | 'enabled'> | undefined;
  readonly clock: Clock;
  readonly alarm: Alarm;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly gate: typeof gate;
  /** The source's setting: what to do of a DMP delivery whose consent nobody told. */
  readonly unknownConsent: (source: string) => 'follow' | 'hold';
  /** Does the source have a message below this sequence number that has no plan yet (invariant 6)? */
  readonly unplannedBefore: (source: string, seq: number) => boolean;
  /** What the connector needs to prepare: see work.ts. */
  readonly work: (delivery: DeliveryFull) => Promise<Work>;
  /** The connector's `prepare`; may run in a worker thread. */
  readonly prepare: (destination: string, work: Work, answers: Answers | null) => Promise<Prepared>;
  /** The business acknowledgements that an outcome causes (pure, src/acknowledge). */
  readonly acknowledge: (delivery: DeliveryFull, receipt: Receipt) => readonly FollowUp[];
  readonly log: Log;
  readonly crashPoint: (point: CrashPoint) => void;
}
