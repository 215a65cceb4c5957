import { writeFileSync } from 'node:fs';
import type { Released } from '../deliver/acts.ts';
import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import { say } from '../domain/finding.ts';
import type { SearchKey } from '../domain/message.ts';
import type { MessageFilter, MessageHead } from '../journal/journal.ts';
import type { By, Story } from '../operate/control/control.ts';
import type { DestinationState } from '../operate/control/destinations.ts';
import { controlled } from './controlled.ts';
import { pausedLine } from './destinations.ts';
import { CommandFault, type Output } from './output.ts';

/** An error's or a reason's code in the reader's words; codes that are no fault's are shown as they are. */
const worded = (code: string, output: Output, args: readonly string[] = []): string => (code in catalogue ? say({ severity: 'information', code: code as FaultCode, location: '', text: '', spec: '', args }, output.language).text : code);

const when = (at: number | null): string => (at === null || at === 0 ? '–' : new Date(at).toISOString());

function headLine(one: MessageHead, output: Output): void {
  output.record(one);
  output.line(`${String(one.seq).padStart(8)}  ${when(one.receivedAt)}  ${one.type.padEnd(10)} ${one.source.padEnd(16)} ${(one.ack ?? '–').padEnd(3)} ${one.disposition.padEnd(11)} ${one.trace}`);
}

/** The partner's own code and what it means (PRE_ERR: what the DMP says reaches the operator). */
function remoteOf({ said }: Story['deliveries'][number]['tries'][number], destination: string, output: Output): string {
  const remote = said?.remote ?? null;
  return remote === null ? '' : ` — ${destination} : ${remote.code} « ${output.words(remote.label, remote.english ?? remote.label)} »`;
}

function storyLines(story: Story, output: Output): void {
  headLine(story.message, output);
  for (const one of story.findings) {
    output.line(`  ${one.severity} ${one.location} ${one.text} [${one.code}]`);
    if (one.severity !== 'information' && one.code in catalogue) output.line(`      → ${catalogue[one.code as FaultCode].advice[output.language]}`);
  }
  for (const one of story.deliveries) {
    output.line(`  → ${one.id} ${one.destination} ${one.action} : ${one.state} (${worded(one.reason, output, one.args)})${one.notBefore > Date.now() ? output.words(` ; prochain essai ${when(one.notBefore)}`, `; next attempt ${when(one.notBefore)}`) : ''}`);
    for (const attempt of one.tries) output.line(`      ${attempt.n}. ${when(attempt.startedAt)} ${attempt.outcome ?? output.words('issue inconnue', 'outcome unknown')}${attempt.fault === null ? '' : ` : ${worded(attempt.fault, output, attempt.said?.args)}`}${remoteOf(attempt, one.destination, output)}`);
  }
  for (const event of story.events) output.line(`  · ${when(event.at)} ${event.stage} ${event.kind} ${event.detail}`);
  if (story.losses.length > 0) output.line(output.words(`  ${story.losses.length} champ(s) ni repris ni conservés`, `  ${story.losses.length} field(s) neither mapped nor kept`));
}

export interface ListOptions { readonly source?: string; readonly type?: string; readonly state?: string; readonly disposition?: string; readonly destination?: string; readonly key?: string; readonly limit: number }

const keyKinds: readonly string[] = ['ins', 'patient', 'visit', 'accession', 'document', 'control'] satisfies SearchKey['kind'][];

function keyOf(text: string, output: Output): SearchKey {
  const at = text.indexOf('=');
  const kind = text.slice(0, at);
  if (at < 1 || !keyKinds.includes(kind)) throw new CommandFault(output.words(`--key attend GENRE=VALEUR, où GENRE est ${keyKinds.join(', ')}`, `--key wants KIND=VALUE, where KIND is ${keyKinds.join(', ')}`), 2);
  return { kind: kind as SearchKey['kind'], value: text.slice(at + 1) };
}

export async function list(file: string | null, { key, limit, ...rest }: ListOptions, output: Output): Promise<number> {
  const filter = Object.fromEntries(Object.entries(rest).filter(([name]) => rest[name as keyof typeof rest] !== undefined)) as MessageFilter;
  const heads = await controlled(file, (control) => (key === undefined ? control.list(filter, limit) : control.search(keyOf(key, output), limit)));
  for (const one of heads) headLine(one, output);
  if (heads.length === 0) output.line(output.words('Aucun message.', 'No message.'));
  return 0;
}

const missing = (ref: string, output: Output): CommandFault => new CommandFault(output.words(`aucun message ${ref} : donnez son numéro ou sa trace (« messages list »)`, `no message ${ref}: give its number or its trace ("messages list")`));

/** Why nothing moves, when it is a person who stopped it. */
function waitingFor({ deliveries }: Story, paused: readonly DestinationState[], output: Output): void {
  for (const one of paused) if (deliveries.some(({ destination, state }) => destination === one.id && state === 'waiting')) output.line(`  ! ${pausedLine(one, output) ?? ''}`);
}

/** `reveal`: with the partners' own words, which may quote the message; kept with who asked and why. */
export async function show(file: string | null, ref: string, reveal: By | null, output: Output): Promise<number> {
  // Revealed first: the story then tells of it.
  const { story, words, paused } = await controlled(file, async (control) => {
    const revealed = reveal === null ? null : await control.reveal(ref, reveal, 'answers');
    return { story: await control.show(ref), paused: (await control.destinations()).filter((one) => one.paused !== null), words: revealed === null ? null : Buffer.from(revealed.answers ?? '', 'base64').toString('utf8') };
  });
  if (story === null) throw missing(ref, output);
  if (output.json) output.record(words === null ? story : { ...story, answers: words }); else { storyLines(story, output); waitingFor(story, paused, output); }
  if (words === null || output.json) return 0;
  output.line(words === '' ? output.words('  Aucun partenaire n’a rien dit.', '  No partner said anything.') : output.words('  Mots des partenaires, par envoi et essai :', '  The partners’ own words, by delivery and attempt:'));
  for (const line of words.split('\n').filter((one) => one !== '')) output.line(`    ${line}`);
  return 0;
}

/** Writes the content to files: `FOLDER/<trace>.{raw,ack,bundle.json,document-N}`; the reveal is kept with its reason. */
export async function exportMessage(file: string | null, ref: string, to: string, by: By, output: Output): Promise<number> {
  const revealed = await controlled(file, (control) => control.reveal(ref, by));
  if (revealed === null) throw missing(ref, output);
  const parts: readonly (readonly [string, string | null])[] = [['raw', revealed.raw], ['ack', revealed.ack], ['bundle.json', revealed.bundle], ['answers.txt', revealed.answers], ...Object.entries(revealed.documents)];
  for (const [suffix, content] of parts) {
    if (content === null) continue;
    writeFileSync(`${to}.${suffix}`, Buffer.from(content, 'base64'), { mode: 0o600 });
    output.record({ file: `${to}.${suffix}` });
    output.line(`${to}.${suffix}`);
  }
  return 0;
}

/** A quarantined message, once more through the stages. */
export async function replan(file: string | null, ref: string, by: By, output: Output): Promise<number> {
  const { seq, disposition, ack, deliveries } = await controlled(file, (control) => control.replan(ref, by));
  output.record({ message: seq, act: 'replan', disposition, ack, deliveries });
  output.line(output.words(`Message ${seq} planifié de nouveau : ${disposition}, ${deliveries} envoi(s).`, `Message ${seq} planned again: ${disposition}, ${deliveries} delivery(ies).`));
  output.line(output.words(`Son émetteur avait été prévenu d’un échec ; s’il le renvoie tel quel, il recevra ${ack ?? '–'} et rien ne partira deux fois.`, `Its sender was told that it failed; when it sends it again unchanged, it gets ${ack ?? '–'} and nothing leaves twice.`));
  return 0;
}

export async function act(file: string | null, what: 'release' | 'abandon' | 'replay', delivery: string, by: By, output: Output): Promise<number> {
  if (!/^\d{1,15}$/.test(delivery)) throw new CommandFault(output.words(`numéro d’envoi attendu (« messages show »), reçu : ${delivery}`, `a delivery number is wanted ("messages show"), got: ${delivery}`), 2);
  const id = Number(delivery);
  const { made, keptBy = null } = await controlled<{ made?: number } & Partial<Released>>(file, async (control) => {
    if (what === 'replay') return { made: await control.replay(id, by) };
    if (what === 'release') return control.release(id, by);
    await control.abandon(id, by);
    return {};
  });
  output.record({ delivery: id, act: what, ...(made === undefined ? {} : { as: made }), ...(keptBy === null ? {} : { keptBy }) });
  output.line({ release: output.words('Envoi libéré.', 'Delivery released.'), abandon: output.words('Envoi abandonné.', 'Delivery abandoned.'), replay: output.words(`Envoi rejoué sous le numéro ${made ?? 0}.`, `Delivery replayed as number ${made ?? 0}.`) }[what]);
  if (keptBy !== null) output.line(`  ${worded(keptBy.code, output, keptBy.args)}\n      → ${catalogue[keptBy.code].advice[output.language]}`);
  return 0;
}
