import type { PatientIdentity } from '../domain/identity.ts';
import type { SearchKey } from '../domain/message.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { Ledger, Part } from './tracked.ts';

/** A number alone, as people type it, and with its authority, which tells it from the same number elsewhere. */
const numbered = (kind: SearchKey['kind'], value: string, authority: string): SearchKey[] =>
  value === '' ? [] : [{ kind, value }, ...(authority === '' ? [] : [{ kind, value: `${authority}|${value}` }])];

function ofMessage(ledger: Ledger): SearchKey[] {
  const number = (part: Part | null) => part ? numbered('visit', part.peek(1), part.peek(4, 2) || part.peek(4)) : [];
  const visits = [...number(ledger.first('PID').part(18)), ...number(ledger.first('PV1').part(19))];
  const orders = [...ledger.all('ORC'), ...ledger.all('OBR')].flatMap(segment =>
    [2, 3].flatMap(n => numbered('accession', segment.peek(n), segment.peek(n, 3) || segment.peek(n, 2))));
  return [...visits, ...orders];
}

/** What an operator can find the message by. */
export function searchKeys(controlId: string, identity: PatientIdentity | null, ledger: Ledger | null, documents: readonly ReadDocument[]): SearchKey[] {
  const found: SearchKey[] = controlId === '' ? [] : [{ kind: 'control', value: controlId }];
  if (identity?.ins) found.push({ kind: 'ins', value: identity.ins.matricule });
  for (const { value, authority } of identity?.identifiers ?? []) found.push(...numbered('patient', value, authority));
  if (ledger) found.push(...ofMessage(ledger));
  for (const { header } of documents) {
    if (header && header.id.root !== '') found.push({ kind: 'document', value: header.id.extension === '' ? header.id.root : `${header.id.root}^${header.id.extension}` });
  }
  const seen = new Set<string>();
  return found.filter(({ kind, value }) => { const key = `${kind}|${value}`; return seen.has(key) ? false : seen.add(key); });
}
