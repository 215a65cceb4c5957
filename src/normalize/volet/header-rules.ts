import { finding, type Finding } from '../../domain/finding.ts';
import type { Field, Hl7Message } from '../../formats/hl7v2/model.ts';
import type { Profile } from './version.ts';

/** MSH, EVN, PID and PV1 as the volet wants them (inbound.md §2.1, §2.2). */
const events: Readonly<Record<string, readonly string[]>> = { ORU: ['R01'], MDM: ['T02', 'T04', 'T10'] };
const versions: Readonly<Record<string, string>> = { ORU: '2.5', MDM: '2.6' };

const required = (field: Field): Finding[] => field.isEmpty || field.isNull ? [finding('volet.field-missing', field.place, field.place)] : [];

function oneOf(field: Field, allowed: readonly string[]): Finding[] {
  if (field.isEmpty) return required(field);
  return allowed.includes(field.text.trim()) ? [] : [finding('volet.table-value', field.place, field.place, allowed.join(', '))];
}

function messageType(message: Hl7Message): Finding[] {
  const [type, event, structure] = [1, 2, 3].map(n => message.first('MSH').text(9, n).trim());
  const known = events[type ?? ''];
  if (known === undefined) return [finding('volet.message-type', 'MSH-9-1')];
  if (!known.includes(event ?? '')) return [finding('volet.event', 'MSH-9-2')];
  const expected = type === 'ORU' ? 'ORU_R01' : 'MDM_T02';
  return structure === expected ? [] : [finding('volet.structure', 'MSH-9-3', expected)];
}

function processing(message: Hl7Message): Finding[] {
  const field = message.first('MSH').field(11);
  if (field.isEmpty) return required(field);
  return ['P', 'T', 'D'].includes(field.text.trim()) ? [] : [finding('volet.processing-id', 'MSH-11')];
}

function hl7Version(message: Hl7Message): Finding[] {
  const field = message.first('MSH').field(12);
  if (field.isEmpty) return required(field);
  const version = field.text.trim();
  if (!/^2\.[56](?:\.\d)?$/u.test(version)) return [finding('volet.hl7-version', 'MSH-12')];
  const expected = versions[message.first('MSH').text(9)];
  return expected === undefined || version === expected ? [] : [finding('volet.hl7-version-differs', 'MSH-12', expected)];
}

/** Sender, receiver, time, country and character set. MSH-10 is the codec's to check: without it nothing can be answered. */
const addressing = (message: Hl7Message): Finding[] => {
  const msh = message.first('MSH');
  return [...[3, 4, 5, 6, 7].flatMap(n => required(msh.field(n))), ...oneOf(msh.field(17), ['FRA']), ...oneOf(msh.field(18), ['UNICODE UTF-8', '8859/15'])];
};

const segments = (message: Hl7Message): Finding[] =>
  (message.first('MSH').text(9) === 'MDM' ? ['EVN', 'PID', 'PV1', 'TXA'] : ['PID']).filter(name => !message.has(name)).map(name => finding('volet.segment-missing', name, name));

const person = (message: Hl7Message): Finding[] => message.has('PID') ? [3, 5].flatMap(n => required(message.first('PID').field(n))) : [];

/** PV1-2 decides contentTypeCode of the DMP submission (VOLET mapping.md); ORU may come without PV1 when the DMP is not fed. */
function visit(message: Hl7Message, toDmp: boolean): Finding[] {
  const pv1 = message.first('PV1');
  if (!message.has('PV1')) return toDmp && message.first('MSH').text(9) === 'ORU' ? [finding('volet.field-missing', 'PV1-2', 'PV1-2')] : [];
  const hospital = ['E', 'I', 'O', 'R'].includes(pv1.text(2).trim());
  return [...oneOf(pv1.field(2), ['E', 'I', 'N', 'O', 'R']), ...(hospital && pv1.field(19).isEmpty ? [finding('volet.visit-number', 'PV1-19')] : [])];
}

function order(message: Hl7Message, { orderInMdm, version }: Profile): Finding[] {
  const tolerated = !orderInMdm && message.first('MSH').text(9) === 'MDM';
  return ['ORC', 'OBR'].filter(name => !message.has(name)).map(name => tolerated ? finding('volet.order-absent', name, name, version) : finding('volet.segment-missing', name, name));
}

export const headerFindings = (message: Hl7Message, profile: Profile, toDmp: boolean): Finding[] =>
  [...messageType(message), ...addressing(message), ...processing(message), ...hl7Version(message), ...segments(message), ...person(message), ...visit(message, toDmp), ...order(message, profile)];
