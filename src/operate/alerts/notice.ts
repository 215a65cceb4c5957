import type { Incident, Severity } from './incident.ts';

/** What is said of an incident, once each: its opening, each rise of its severity, its end. */
export type What = 'opened' | 'worsened' | 'closed';
export type NoticeState = 'waiting' | 'sent' | 'suppressed' | 'failed';
export interface Notice {
  readonly incident: string;
  readonly what: What;
  /** At which it is told: a rise is told once for each severity reached. */
  readonly severity: Severity;
  readonly channel: string;
  readonly state: NoticeState;
  /** When it came to be in this state. */
  readonly at: number;
  readonly madeAt: number;
  readonly tries: number;
  readonly nextAt: number;
}

export const noticeKey = ({ incident, what, severity, channel }: Notice): string => `${incident}/${what}/${severity}/${channel}`;

const firstWait = 30_000;
const longestWait = 1_800_000;
/** Then nobody waits for it any more. */
const givenUpAfter = 3 * 86_400_000;

const made = (incident: string, what: What, severity: Severity, channel: string, state: NoticeState, now: number): Notice =>
  ({ incident, what, severity, channel, state, at: now, madeAt: now, tries: 0, nextAt: now });

/** Told on each channel, unless a maintenance window keeps it quiet. */
export const announced = (incident: Pick<Incident, 'id' | 'severity'>, what: 'opened' | 'worsened', channels: readonly string[], quiet: boolean, now: number): Notice[] =>
  channels.map((channel) => made(incident.id, what, incident.severity, channel, quiet ? 'suppressed' : 'waiting', now));

/** The end is told to whoever was, or is still to be, told of the opening: to nobody when a window kept that quiet. */
export const ended = (incident: Pick<Incident, 'id' | 'severity'>, notices: readonly Notice[], now: number): Notice[] =>
  [...new Set(notices.filter(({ state }) => state !== 'suppressed').map(({ channel }) => channel))].map((channel) => made(incident.id, 'closed', incident.severity, channel, 'waiting', now));

/** The window is over and the incident is not: it is told now. */
export const revived = (notices: readonly Notice[], now: number): Notice[] => notices.filter(({ state }) => state === 'suppressed').map((one) => ({ ...one, state: 'waiting', at: now, nextAt: now }));

/** Tried without success: again later, or given up. */
export function afterFailure(notice: Notice, now: number): Notice {
  const tries = notice.tries + 1;
  if (now - notice.madeAt >= givenUpAfter) return { ...notice, tries, state: 'failed', at: now };
  return { ...notice, tries, nextAt: now + Math.min(firstWait * 2 ** (tries - 1), longestWait) };
}

/** Those of a channel to be sent now, oldest first; nothing of an incident overtakes what was to be said of it before. */
export function due(notices: readonly Notice[], channel: string, now: number): Notice[] {
  const behind = new Set<string>();
  return notices.filter((one) => {
    if (one.channel !== channel || one.state !== 'waiting') return false;
    const first = !behind.has(one.incident);
    behind.add(one.incident);
    return first && one.nextAt <= now;
  });
}
