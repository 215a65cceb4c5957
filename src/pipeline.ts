import type { Fact, FactsAt } from './domain/fact.ts';
import { catalogue } from './domain/catalogue.ts';
import { finding, type Finding } from './domain/finding.ts';
import type { Loss } from './domain/loss.ts';
import type { PatientIdentity } from './domain/identity.ts';
import { isMailbox, type Disposition, type Identified, type SearchKey } from './domain/message.ts';
import type { Repeats } from './domain/repeats.ts';
import type { Settlement } from './domain/delivery.ts';
import type { Stage } from './domain/stage.ts';
import { contradiction } from './facts/known-person.ts';
import { identityKeys, learnFromHl7 } from './facts/learn.ts';
import { samePerson } from './facts/same-person.ts';
import { documentKey } from './facts/series.ts';
import { readBusinessAcknowledgement } from './formats/hl7v2/answers.ts';
import type { Hl7Message } from './formats/hl7v2/model.ts';
import type { Notice } from './formats/notice/notice.ts';
import { isUnreadable } from './formats/notice/read.ts';
import type { Reading } from './formats/reading.ts';
import { normalize } from './normalize/normalize.ts';
import type { Normalized } from './normalize/normalized.ts';
import { patientIdentityOfCda } from './normalize/patient-identity.ts';
import { readOrder } from './normalize/volet/read-order.ts';
import type { TransmissionOrder } from './normalize/volet/order.ts';
import { read } from './normalize/read.ts';
import { carriedCda, replacedBy, uniqueIdOf } from './route/documents.ts';
import { content } from './route/carries.ts';
import { matchRules, type RouteRule } from './route/rules.ts';
import { route, type RouteSettings, type RouteSource, type Row } from './route/route.ts';

/** One message as the pure stages get it. */
export interface PipelineInput { readonly bytes: Uint8Array; readonly source: RouteSource; readonly trace: string; readonly receivedAt: number }

/** After read and normalize: what must be looked up before the plan can be made. */
export interface Understood {
  readonly input: PipelineInput;
  readonly reading: Reading;
  readonly order: TransmissionOrder | null;
  readonly normalized: Normalized;
  /** Keys of the facts the plan needs. */
  readonly factKeys: readonly string[];
}

/** Everything the plan decides, before acknowledgement texts and envelopes are made of it. */
export interface Outcome {
  readonly disposition: Exclude<Disposition, 'repeated' | 'quarantined'>;
  /** MSA-1; null when nothing is due (an acknowledgement is never acknowledged). */
  readonly ack: 'AA' | 'AE' | 'AR' | null;
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
  readonly bundle: Normalized['bundle'] | null;
  readonly binaries: Normalized['binaries'];
  readonly identity: PatientIdentity | null;
  readonly identities: readonly string[];
  readonly rows: readonly Row[];
  readonly settlements: readonly Settlement[];
  readonly facts: readonly Fact[];
  readonly keys: readonly SearchKey[];
  readonly repeats: Repeats | null;
  /** A notice on an earlier mail: only the journal's past can tell which delivery it closes. */
  readonly notice: Notice | null;
}

/** Called at the end of each stage, where somebody measures them; costs nothing else. */
export type Mark = (stage: Stage) => void;

/** identify, read, normalize. Pure; never throws on any bytes. */
export function understand(input: PipelineInput, mark?: Mark): Understood {
  const reading = read(input.bytes, { timeZone: input.source.timeZone, mailbox: isMailbox(input.source) });
  const order = reading.format === 'hl7v2' ? readOrder(reading.message, reading.documents, reading.identified, input.source.unaddressed === 'directory') : null;
  mark?.('formats');
  const normalized = normalize(reading, order, { trace: input.trace, source: input.source, receivedAt: input.receivedAt });
  mark?.('normalize');
  const documents = carriedCda(reading.documents).flatMap(({ header }) => [documentKey(uniqueIdOf(header)), documentKey(replacedBy(header))]).filter((key) => key !== 'DOC|');
  return { input, reading, order, normalized, factKeys: [...identityKeys(normalized.identity, input.source.id), ...documents] };
}

/** What a finding of a header says, said of the document it is in. */
const within = (place: string, { code, location, args }: Finding): Finding => finding(code, `${place}/${location.replace(/^ClinicalDocument\//, '')}`, ...(args ?? []));

/** Invariant 9 inside the message: each document against itself, then PID against each. */
function personFindings({ reading, order, normalized }: Understood): Finding[] {
  if (reading.format !== 'hl7v2' || normalized.identity === null) return [];
  const message = normalized.identity;
  return carriedCda(reading.documents).flatMap(({ header, place }) => {
    const { identity, findings } = patientIdentityOfCda(header);
    if (identity === null) return [finding('facts.no-identifier-in-common', 'PID-3', 'PID-3', place)];
    const missing = order?.flags.toDmp === true && identity.ins === null ? [finding('facts.ins-absent-from-document', place, place)] : [];
    return [...findings.map((one) => within(place, one)), ...samePerson(message, identity, place), ...missing];
  });
}

const acknowledgements = new Set(['ACK', 'MCF']);
const kindOf = (type: string): 'acknowledgement' | 'notice' | 'message' => {
  const [name = ''] = type.split('^');
  return acknowledgements.has(name) ? 'acknowledgement' : name === 'ZAM' ? 'notice' : 'message';
};

/**
 * AE or AR, as the faults are said; an AR invites the sender to send again, so one AE among them wins. A message that no
 * answer can name is always AR: whatever else is wrong with it, its sender cannot match an AE to it (design.md §2).
 */
function refusal(findings: readonly Finding[], { controlId }: Identified): 'AE' | 'AR' {
  if (controlId === '') return 'AR';
  const said = findings.filter((one) => one.severity === 'error').map((one) => (catalogue[one.code]).hl7?.ack ?? 'AE');
  return said.includes('AE') ? 'AE' : 'AR';
}

const nothing = { bundle: null, binaries: {}, rows: [], settlements: [], facts: [], repeats: null, notice: null } as const;

/** Kept with its findings and its Bundle's loss, delivered nowhere; a person can look at it. */
const rejected = ({ normalized, reading }: Understood, findings: readonly Finding[], identities: readonly string[]): Outcome => ({
  ...nothing, disposition: 'rejected', ack: reading.format === 'cda' ? 'AE' : refusal(findings, reading.identified), findings, losses: normalized.losses, identity: normalized.identity, identities, keys: normalized.keys,
});

/**
 * A business acknowledgement received closes the delivery whose MSH-10 it names, among those to its sender's own destination:
 * what a source has not been sent it cannot answer. What matches nothing is kept as foreign.
 */
function noticed(message: Hl7Message, { answersTo }: RouteSource): Settlement[] {
  const notice = readBusinessAcknowledgement(message);
  if (answersTo === null || notice === null || notice.controlId === '' || notice.positive === null) return [];
  const error = notice.errors[0]?.application?.code ?? '';
  return [{ correlation: notice.controlId, destinations: [answersTo], outcome: notice.positive ? 'delivered' : 'refused', reason: notice.positive ? { code: 'route.notice-positive', args: [notice.event] } : { code: 'route.notice-negative', args: [notice.event, error] } }];
}

/** An ACK is never acknowledged; a ZAM is, and closes the delivery whose message it names. */
function consumed({ reading, normalized, input }: Understood, findings: readonly Finding[], kind: 'acknowledgement' | 'notice'): Outcome {
  const refused = findings.some((one) => one.severity === 'error');
  const settlements = kind === 'notice' && reading.format === 'hl7v2' && !refused ? noticed(reading.message, input.source) : [];
  const told = settlements.map(({ reason }) => finding(reason.code, 'OBX[1]-5', ...(reason.args ?? [])));
  return {
    ...nothing, disposition: kind === 'notice' && refused ? 'rejected' : 'consumed', ack: kind === 'acknowledgement' ? null : refused ? refusal(findings, reading.identified) : 'AA',
    findings: [...findings, ...told], losses: [], identity: null, identities: [], settlements, keys: normalized.keys,
  };
}

const kept = { 'auto-reply': 'notice.auto-reply', patient: 'notice.patient-answer', person: 'notice.for-a-person' } as const;

/** A mail is never acknowledged nor refused: a notice goes on to what it is about, anything else is kept for a person. */
function mailed(notice: Notice): Outcome {
  const code = isUnreadable(notice) ? 'notice.unreadable' : notice.kind in kept ? kept[notice.kind as keyof typeof kept] : null;
  return {
    ...nothing, disposition: 'consumed', ack: null, findings: code === null ? [] : [finding(code, 'mail')], losses: [], identity: null, identities: [], keys: [],
    notice: code === null ? notice : null,
  };
}

/** The profile validator, as the validate stage calls it. Pure: its definitions are loaded before the first message. */
export type BundleCheck = (bundle: Normalized['bundle'], profiles: readonly string[]) => readonly Finding[];
/** What the validate stage asks of each flow: rules whose `to` are canonical addresses of profiles. */
export interface ValidateSettings { readonly profiles: readonly RouteRule[]; readonly check: BundleCheck | null }

function validated({ reading, order, normalized, input }: Understood, { profiles, check }: ValidateSettings): readonly Finding[] {
  if (check === null) return [];
  const asked = matchRules(profiles, { format: reading.format, type: reading.identified.type, source: input.source.id, carries: content({ reading, normalized }), volet: order?.volet ?? null });
  return asked.length === 0 ? [] : check(normalized.bundle, asked.map((one) => one.destination));
}

/** validate and route: the plan, from what was understood and the facts known at its moment. Pure. */
export function decide(understood: Understood, facts: FactsAt, settings: RouteSettings, validation: ValidateSettings, mark?: Mark): Outcome {
  const { reading, order, normalized, input } = understood;
  if (reading.format === 'mail') return mailed(reading.notice);
  const kind = kindOf(reading.identified.type);
  const read = [...reading.findings, ...reading.documents.flatMap((one) => one.findings)];
  if (kind !== 'message') return consumed(understood, read, kind);

  const person = personFindings(understood);
  const own = [...read, ...(order?.findings ?? []), ...normalized.findings, ...person];
  const identities = identityKeys(normalized.identity, input.source.id);
  // A message already refused needs no word of the profiles: they would only repeat its cause.
  if (!own.some((one) => one.severity === 'error')) own.push(...validated(understood, validation));
  mark?.('validate');
  if (own.some((one) => one.severity === 'error')) return rejected(understood, own, identities);

  const routed = route({ reading, order, normalized, facts, source: input.source, receivedAt: input.receivedAt, settings });
  const contradicts = contradiction(facts, { keys: identities, birthDate: normalized.identity?.birthDate ?? null, sex: normalized.identity?.sex ?? null });
  const findings = [...own, ...routed.findings, ...(contradicts === null ? [] : [finding('facts.contradicts-known-identity', 'PID', contradicts)])];
  if (routed.findings.some((one) => one.severity === 'error')) return rejected(understood, findings, identities);

  const learnt = reading.format === 'hl7v2' ? learnFromHl7(reading.message, normalized.identity, input.source, facts) : [];
  return {
    disposition: routed.rows.length === 0 ? 'consumed' : 'planned', ack: 'AA', findings, losses: normalized.losses,
    bundle: normalized.bundle, binaries: normalized.binaries, identity: normalized.identity, identities, rows: routed.rows,
    settlements: routed.settlements, facts: [...learnt, ...routed.facts], keys: normalized.keys, repeats: routed.repeats, notice: null,
  };
}
