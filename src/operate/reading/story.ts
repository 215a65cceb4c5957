import type { Language } from '../../domain/finding.ts';
import { isAcknowledgement, isFinal } from '../../domain/delivery.ts';
import type { StoryDelivery } from '../../journal/reader.ts';
import type { DeliverySeen, FindingSeen, Moment, Story } from '../api/contract/story.ts';
import { messageStory } from '../api/contract/story.ts';
import { serve, type Served } from '../api/served.ts';
import { lateFindings } from '../late-findings.ts';
import { detailOf, type Detail } from './detail.ts';
import { rowOf } from './lists.ts';
import type { MaskedStory, Reader } from './reader.ts';
import { isCorrected, spentOf } from './spent.ts';
import { causeOf, found } from './words.ts';

interface RecordSeen { readonly version?: string; readonly findings?: readonly { severity: FindingSeen['severity']; code: string; location: string; spec?: string; args?: readonly string[] }[]; readonly losses?: readonly { location: string; reason: string }[] }

function mayOf({ state, planned }: StoryDelivery, mayGoAgain: boolean): DeliverySeen['may'] {
  const open = !isFinal(state) && state !== 'sending';
  return [...(state === 'held' ? ['release' as const] : []), ...(open ? ['abandon' as const] : []), ...(isFinal(state) && planned !== null && mayGoAgain ? ['replay' as const] : [])];
}

/** The partner's own code, and what it means. */
function remoteOf(said: StoryDelivery['attemptsMade'][number]['said'], language: Language): DeliverySeen['attempts'][number]['remote'] {
  const remote = said?.remote ?? null;
  return remote === null ? null : { code: remote.code, label: language === 'en' ? remote.english ?? remote.label : remote.label };
}

export function deliverySeen(one: StoryDelivery, language: Language, isSpent: boolean): DeliverySeen {
  const { planned, attemptsMade } = one;
  const answers = planned !== null && isAcknowledgement(planned);
  const ended = attemptsMade.at(-1)?.endedAt ?? null;
  return {
    id: one.id, destination: one.destination, system: one.system as DeliverySeen['system'], action: one.action as DeliverySeen['action'], state: one.state,
    reason: causeOf(one.reason, language, planned?.reason.code === one.reason ? planned.reason.args : attemptsMade.findLast(({ fault }) => fault === one.reason)?.said?.args), plannedAt: one.plannedAt, notBefore: one.notBefore === 0 ? null : one.notBefore,
    deadline: one.deadline, inDoubt: one.inDoubt, remoteId: one.remoteId, isAcknowledgement: answers, ms: ended === null ? null : Math.max(0, ended - one.plannedAt),
    attempts: attemptsMade.map(({ n, startedAt, endedAt, outcome, fault, said }) => ({ n, startedAt, endedAt, ms: endedAt === null ? null : endedAt - startedAt, outcome, fault: fault === null ? null : causeOf(fault, language, said?.args), remote: remoteOf(said, language) })),
    may: mayOf(one, !answers && !isSpent),
  };
}

function timeline({ message, deliveries, events }: MaskedStory, language: Language): Moment[] {
  const nothing = { delivery: null, destination: null, ms: null, cause: null, by: null, why: null };
  const destinations = new Map(deliveries.map(({ id, destination }) => [id, destination]));
  const moments: Moment[] = [{ ...nothing, at: message.receivedAt, stage: 'intake', kind: 'received' }];
  if (message.plannedAt !== null) moments.push({ ...nothing, at: message.plannedAt, stage: 'route', kind: message.disposition, ms: Math.max(0, message.plannedAt - message.receivedAt) });
  for (const { id, destination, attemptsMade } of deliveries) {
    for (const { startedAt, endedAt, outcome, fault, said } of attemptsMade) {
      moments.push({ ...nothing, at: startedAt, stage: 'deliver', kind: outcome ?? 'sending', delivery: id, destination, ms: endedAt === null ? null : endedAt - startedAt, cause: fault === null ? null : causeOf(fault, language, said?.args) });
    }
  }
  for (const event of events) {
    const { code, by, why, text } = detailOf(event);
    moments.push({ ...nothing, at: event.at, stage: event.stage, kind: event.kind, delivery: event.delivery, destination: destinations.get(event.delivery ?? 0) ?? null, cause: code === undefined ? null : causeOf(code, language), by: by ?? null, why: why ?? text ?? null });
  }
  return moments.sort((a, b) => a.at - b.at);
}

/** One message as a person reads it: no value of a patient in it. `isWhole`: all of its destinations are seen, as acts on all of it want. */
export function storyOf(read: MaskedStory, language: Language, isWhole: boolean): Story {
  const { version = null, findings = [], losses = [] } = (read.record ?? {}) as RecordSeen;
  const told = (kind: string): Detail[] => read.events.filter((one) => one.kind === kind).map(detailOf);
  const spent = spentOf(read.deliveries, read.events);
  const isAnotherNow = isCorrected(read.events);
  return {
    message: rowOf(read.message), version: version ?? null, corrects: told('corrects')[0]?.trace ?? null, correctedBy: told('corrected').flatMap(({ trace }) => trace ?? []),
    patient: [...read.patient], documents: read.documents.map((one) => ({ ...one })),
    findings: [...findings, ...lateFindings(read.events)].map(({ severity, code, location, spec = '', args = [] }) => { const { text, advice } = causeOf(code, language, args); return { severity, code, location, text, advice, spec }; }),
    losses: losses.map(({ location, reason }) => ({ location, reason })),
    deliveries: read.deliveries.map((one) => deliverySeen(one, language, spent.has(one.id))), timeline: timeline(read, language),
    looked: read.events.filter(({ kind }) => kind === 'revealed').map((one) => { const { by = '', why = '' } = detailOf(one); return { by, why, at: one.at }; }).reverse(),
    forgotten: !read.hasContent, mayReplan: isWhole && read.message.disposition === 'quarantined' && read.hasContent && !isAnotherNow,
    mayCorrect: isWhole && read.hasContent && !isAnotherNow && read.message.format !== 'mail' && read.message.disposition !== 'pipeline',
  };
}

export const storyRoutes = (reader: Pick<Reader, 'story'>): Served[] => [
  serve(messageStory, async ({ params: { trace }, caller, language }) => storyOf(found(await reader.story(trace, caller.scope)), language, caller.scope.destinations === null)),
];
