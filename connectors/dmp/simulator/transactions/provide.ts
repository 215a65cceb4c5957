import { randomUUID } from 'node:crypto';
import { registryResponse, type RegistryError, type ResponseStatus } from '../answer.ts';
import { identifier } from '../lot.ts';
import { approved, deprecated, replaces, scheme } from '../namespaces.ts';
import type { Received } from '../received.ts';
import type { Change, Entry } from '../registry.ts';
import { entryOf, restate } from './stored-entry.ts';

export const newUuid = (): string => `urn:uuid:${randomUUID()}`;

/** TD2.1: what an accepted lot changes. Replaced versions become Deprecated. */
export function provided({ lot, documents, registry }: Received): Change {
  if (lot === null) return {};
  const ids = new Map<string, string>([...lot.sets, ...lot.entries].map((one) => [one.id, newUuid()]));
  const entries: Entry[] = lot.entries.map((one) => {
    const entryUuid = ids.get(one.id) ?? newUuid();
    return entryOf(one, documents.get(one.id) ?? null, { entryUuid, lid: entryUuid, version: 1, status: approved });
  });
  const replaced = lot.associations.filter((one) => one.type === replaces).flatMap(({ target }) => { const entry = registry.entries.get(target); return entry === undefined ? [] : [restate(entry, { status: deprecated })]; });
  return {
    entries: [...replaced, ...entries],
    lots: lot.sets.map((one) => ({ entryUuid: ids.get(one.id) ?? '', uniqueId: identifier(one, scheme.lotUniqueId), patientId: identifier(one, scheme.lotPatientId) })),
    associations: lot.associations.map((one) => ({ id: newUuid(), type: one.type, source: ids.get(one.source) ?? one.source, target: ids.get(one.target) ?? one.target })),
    documents: lot.entries.flatMap((one) => { const bytes = documents.get(one.id); return bytes === undefined ? [] : [{ uniqueId: identifier(one, scheme.uniqueId), bytes }]; }),
  };
}
export const providedAnswer = (status: ResponseStatus, errors: readonly RegistryError[]): { action: string; body: string } => ({ action: 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse', body: registryResponse(status, errors) });
