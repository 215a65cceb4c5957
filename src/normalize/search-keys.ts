import type { PatientIdentity } from '../domain/identity.ts';
import type { SearchKey } from '../domain/message.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { Hl7Message } from '../formats/hl7v2/model.ts';

/** A number alone, as people type it, and with its authority, which tells it from the same number elsewhere. */
const numbered = (kind: SearchKey['kind'], value: string, authority: string): SearchKey[] =>
  value === '' ? [] : [{ kind, value }, ...(authority === '' ? [] : [{ kind, value: `${authority}|${value}` }])];

function ofMessage(message: Hl7Message): SearchKey[] {
  const pid = message.first('PID').field(18).repetition(1), pv1 = message.first('PV1').field(19).repetition(1);
  const visits = [pid, pv1].flatMap(number => numbered('visit', number.text(1), number.text(4, 2) || number.text(4)));
  const orders = [...message.all('ORC'), ...message.all('OBR')].flatMap(segment =>
    [2, 3].flatMap(n => numbered('accession', segment.text(n), segment.text(n, 3) || segment.text(n, 2))));
  return [...visits, ...orders];
}

/** What an operator can find the message by. */
export function searchKeys(controlId: string, identity: PatientIdentity | null, message: Hl7Message | null, documents: readonly ReadDocument[]): SearchKey[] {
  const found: SearchKey[] = controlId === '' ? [] : [{ kind: 'control', value: controlId }];
  if (identity?.ins) found.push({ kind: 'ins', value: identity.ins.matricule });
  for (const { value, authority } of identity?.identifiers ?? []) found.push(...numbered('patient', value, authority));
  if (message) found.push(...ofMessage(message));
  for (const { header } of documents) {
    if (header && header.id.root !== '') found.push({ kind: 'document', value: header.id.extension === '' ? header.id.root : `${header.id.root}^${header.id.extension}` });
  }
  const seen = new Set<string>();
  return found.filter(({ kind, value }) => { const key = `${kind}|${value}`; return seen.has(key) ? false : seen.add(key); });
}
