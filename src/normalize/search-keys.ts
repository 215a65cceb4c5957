import type { PatientIdentity } from '../domain/identity.ts';
import type { SearchKey } from '../domain/message.ts';
import type { ReadDocument } from '../formats/reading.ts';
import type { Ledger, Part, Tracked } from './tracked.ts';

/** A number alone, as people type it, and with its authority, which tells it from the same number elsewhere. */
function addNumber(found: SearchKey[], kind: SearchKey['kind'], written: string, authority: string): void {
  const value = written.trim();
  if (value === '') return;
  found.push({ kind, value });
  if (authority !== '') found.push({ kind, value: `${authority}|${value}` });
}

function addVisit(found: SearchKey[], part: Part | null): void {
  if (part) addNumber(found, 'visit', part.peek(1), part.peek(4, 2) || part.peek(4));
}

function addOrder(found: SearchKey[], segment: Tracked): void {
  addNumber(found, 'accession', segment.peek(2), segment.peek(2, 3) || segment.peek(2, 2));
  addNumber(found, 'accession', segment.peek(3), segment.peek(3, 3) || segment.peek(3, 2));
}

function addMessage(found: SearchKey[], ledger: Ledger): void {
  addVisit(found, ledger.first('PID').part(18));
  addVisit(found, ledger.first('PV1').part(19));
  for (const name of ['ORC', 'OBR']) for (const segment of ledger.all(name)) addOrder(found, segment);
}

/** What an operator can find the message by. */
export function searchKeys(controlId: string, identity: PatientIdentity | null, ledger: Ledger | null, documents: readonly ReadDocument[]): SearchKey[] {
  const found: SearchKey[] = controlId === '' ? [] : [{ kind: 'control', value: controlId }];
  if (identity?.ins) found.push({ kind: 'ins', value: identity.ins.matricule });
  for (const { value, authority } of identity?.identifiers ?? []) addNumber(found, 'patient', value, authority);
  if (ledger) addMessage(found, ledger);
  for (const { header } of documents) {
    if (header && header.id.root !== '') found.push({ kind: 'document', value: header.id.extension === '' ? header.id.root : `${header.id.root}^${header.id.extension}` });
  }
  const seen = new Set<string>();
  return found.filter(({ kind, value }) => { const key = `${kind}|${value}`; return seen.has(key) ? false : seen.add(key); });
}
