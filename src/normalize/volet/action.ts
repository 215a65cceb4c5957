import { finding, type Finding } from '../../domain/finding.ts';
import type { Hl7Message } from '../../formats/hl7v2/model.ts';
import type { Observation } from './observations.ts';
import type { TransmissionOrder } from './order.ts';
import type { Profile } from './version.ts';

type Action = TransmissionOrder['action'];

/** The action triple (VOLET règles de gestion): the same act in ORC-1, in OBX-11 of the document and in the MDM event. */
const byOrderControl: Readonly<Record<string, Action>> = { NW: 'submit', RO: 'replace', CA: 'delete' };
const byResultStatus: Readonly<Record<string, Action>> = { F: 'submit', C: 'replace', D: 'delete' };
const byEvent: Readonly<Record<string, Action>> = { T02: 'submit', T10: 'replace', T04: 'delete' };

/** One word of the triple: what it says, where. */
interface Word { readonly place: string; readonly action: Action }

function resultStatuses(documents: readonly Observation[]): { words: Word[]; findings: Finding[] } {
  const words: Word[] = [];
  const findings: Finding[] = [];
  for (const { segment } of documents) {
    const field = segment.field(11);
    const action = byResultStatus[field.text.trim()];
    if (action !== undefined) words.push({ place: field.place, action });
    else findings.push(field.isEmpty ? finding('volet.field-missing', field.place, field.place) : finding('volet.table-value', field.place, field.place, 'F, C, D'));
  }
  return { words, findings };
}

/** ORC-1 of every order group. */
function orderControls(message: Hl7Message, { orderControl: strict }: Profile): { words: Word[]; findings: Finding[] } {
  const words: Word[] = [];
  const findings: Finding[] = [];
  for (const segment of message.all('ORC')) {
    const field = segment.field(1);
    const action = byOrderControl[field.text.trim()];
    if (action !== undefined) words.push({ place: field.place, action });
    else if (field.isEmpty) findings.push(finding('volet.field-missing', field.place, field.place));
    // Before 2.1 official examples carry SC here, which says nothing of the action.
    else findings.push(strict ? finding('volet.table-value', field.place, field.place, 'NW, RO, CA') : finding('volet.order-control', field.place));
  }
  return { words, findings };
}

/** The action asked for; words that do not agree are told two by two, against the document's own OBX-11 first. */
export function readAction(message: Hl7Message, documents: readonly Observation[], profile: Profile): { action: Action; findings: readonly Finding[] } {
  const statuses = resultStatuses(documents);
  const controls = orderControls(message, profile);
  const event = message.first('MSH').text(9) === 'MDM' ? byEvent[message.first('MSH').text(9, 2).trim()] : undefined;
  const words = [...statuses.words, ...controls.words, ...(event === undefined ? [] : [{ place: 'MSH-9-2', action: event }])];
  const [first, ...others] = words;
  const incoherent = first === undefined ? [] : others.filter(word => word.action !== first.action).map(word => finding('volet.action-incoherent', word.place, word.place, first.place));
  return { action: first?.action ?? 'submit', findings: [...statuses.findings, ...controls.findings, ...incoherent] };
}
