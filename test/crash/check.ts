import type { Journal, MessageFull } from '../../src/journal/journal.ts';
import type { DmpPartner } from './dmp.ts';
import type { Arrival, Laboratory } from './laboratory.ts';
import type { Sent } from './load.ts';
import type { Kind } from './messages.ts';
import type { Region } from './region.ts';

export interface Outcome { readonly sent: readonly Sent[]; readonly journal: Journal; readonly region: Region; readonly dmp: DmpPartner; readonly laboratory: Laboratory }

/** Every destination of a message by its kind, once each. */
const destinations: Readonly<Record<Kind, string>> = { structured: 'region', enhanced: 'laboratory region', document: 'dmp laboratory region' };

async function* messagesOf(journal: Journal): AsyncGenerator<MessageFull> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const heads = await journal.messages({ before }, 500);
    for (const { seq } of heads) {
      const message = await journal.message({ seq });
      if (message !== null) yield message;
    }
    const last = heads.at(-1);
    if (last === undefined) return;
    before = last.seq;
  }
}

/** Every positively acknowledged message is in the journal, as it was sent, once, and final per destination. */
async function kept({ sent, journal }: Outcome): Promise<string[]> {
  const problems: string[] = [];
  const found = new Map<string, MessageFull[]>();
  for await (const message of messagesOf(journal)) {
    const id = message.bytes === null ? '' : Buffer.from(message.bytes).toString('latin1').split('|')[9] ?? '';
    found.set(id, [...(found.get(id) ?? []), message]);
  }
  for (const { id, kind, text, answers } of sent) {
    const all = found.get(id) ?? [];
    found.delete(id);
    const positive = answers.some((code) => code.endsWith('A'));
    if (!positive) { problems.push(`${id} (${kind}): never acknowledged, answered ${answers.join(' ')}`); continue; }
    const [message, other] = all;
    if (message === undefined) { problems.push(`${id} (${kind}): acknowledged ${answers.join(' ')}, and not in the journal`); continue; }
    if (other !== undefined) problems.push(`${id} (${kind}): ${String(all.length)} times in the journal`);
    if (message.disposition !== 'planned') problems.push(`${id} (${kind}): ${message.disposition}`);
    if (message.bytes === null || Buffer.compare(Buffer.from(text), Buffer.from(message.bytes)) !== 0) problems.push(`${id} (${kind}): its bytes are not those sent`);
    const went = message.deliveries.map(({ destination }) => destination).sort().join(' ');
    if (went !== destinations[kind]) problems.push(`${id} (${kind}): deliveries to ${went}, expected ${destinations[kind]}`);
    for (const { destination, state, reason } of message.deliveries) if (state !== 'delivered') problems.push(`${id} (${kind}): ${destination} ${state} (${reason})`);
  }
  for (const id of found.keys()) problems.push(`${id}: in the journal and never sent`);
  return problems;
}

async function conserved({ journal }: Outcome): Promise<string[]> {
  const sum = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((total, one) => total + one, 0);
  const { messages: { received, ...classes }, deliveries: { planned, ...states } } = await journal.counts();
  return [
    ...(received === sum(classes) ? [] : [`messages: ${String(received)} received, ${JSON.stringify(classes)}`]),
    ...(planned === sum(states) ? [] : [`deliveries: ${String(planned)} planned, ${JSON.stringify(states)}`]),
    ...(await journal.verify()).map((problem) => `verify: ${problem}`),
  ];
}

/** Nothing twice and nothing missing at the region, by what each message gives; and the order of each patient's messages. */
function atTheRegion({ sent, region }: Outcome): string[] {
  const documents = sent.filter(({ kind }) => kind === 'document').length;
  const results = sent.length - documents;
  const expected: Readonly<Record<string, number>> = {
    DiagnosticReport: results, Observation: 10 * results, ServiceRequest: results, Encounter: results,
    DocumentReference: documents, Binary: documents, List: documents, CommunicationRequest: documents, Patient: new Set(sent.map(({ patient }) => patient)).size,
  };
  const problems = Object.entries(expected).flatMap(([type, count]) => {
    const there = region.store.counts.get(type) ?? 0;
    return there === count ? [] : [`region: ${String(there)} ${type}, ${String(count)} expected`];
  });
  for (const patient of new Set(sent.map((one) => one.patient))) {
    const wanted = sent.filter((one) => one.patient === patient).map(({ id }) => id);
    const got = region.order.get(patient) ?? [];
    const at = wanted.findIndex((id, i) => got[i] !== id);
    if (at >= 0 || got.length !== wanted.length) problems.push(`region: order of ${patient}: ${got.slice(Math.max(0, at - 1), at + 3).join(' ')} in place of ${wanted.slice(Math.max(0, at - 1), at + 3).join(' ')}`);
  }
  return problems;
}

function atTheDmp({ sent, dmp }: Outcome): string[] {
  const documents = sent.filter(({ kind }) => kind === 'document').length;
  return [
    ...(dmp.arrived.size === documents ? [] : [`dmp: ${String(dmp.arrived.size)} documents, ${String(documents)} expected`]),
    ...[...dmp.arrived].flatMap(([key, count]) => (count === 1 ? [] : [`dmp: ${key} arrived ${String(count)} times`])),
  ];
}

/** Sent again: the same message but MSH-8, flagged, unless the laboratory itself had said that it did not take it. */
function resends(controlId: string, arrivals: readonly Arrival[]): string[] {
  const [first] = arrivals;
  return arrivals.slice(1).flatMap((again, i) => [
    ...(again.rest === first?.rest ? [] : [`laboratory: ${controlId} came again with other content`]),
    ...(again.flagged || arrivals[i]?.mood === 'reject' ? [] : [`laboratory: ${controlId} came again without its flag, after ${String(arrivals[i]?.mood)}`]),
  ]);
}

/** Every business and application acknowledgement was taken, under one MSH-10 however often it was sent. */
function atTheLaboratory({ sent, laboratory }: Outcome): string[] {
  const byId = new Map<string, Arrival[]>();
  for (const arrival of laboratory.arrivals) byId.set(arrival.controlId, [...(byId.get(arrival.controlId) ?? []), arrival]);
  const problems = [...byId].flatMap(([controlId, arrivals]) => resends(controlId, arrivals));
  const taken = new Map<string, number>();
  for (const arrivals of byId.values()) {
    const [one] = arrivals;
    if (one === undefined || arrivals.every(({ mood }) => mood === 'reject')) continue;
    const what = `${one.type.slice(0, 3)} ${one.about}`;
    taken.set(what, (taken.get(what) ?? 0) + 1);
  }
  for (const { id, kind } of sent) {
    const what = kind === 'document' ? `ZAM ${id}` : kind === 'enhanced' ? `ACK ${id}` : null;
    if (what === null) continue;
    const times = taken.get(what) ?? 0;
    if (times !== 1) problems.push(`laboratory: ${what} taken under ${String(times)} control ids`);
    taken.delete(what);
  }
  for (const what of taken.keys()) problems.push(`laboratory: ${what} was not asked for`);
  return problems;
}

/** What must hold once everything is drained. Empty when it does. */
export async function violations(outcome: Outcome): Promise<string[]> {
  return [...await kept(outcome), ...await conserved(outcome), ...atTheRegion(outcome), ...atTheDmp(outcome), ...atTheLaboratory(outcome)];
}
