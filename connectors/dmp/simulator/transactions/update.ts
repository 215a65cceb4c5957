import { slot } from '../lot.ts';
import { identifier } from '../lot.ts';
import { deprecated, scheme, updateStatus } from '../namespaces.ts';
import type { Received } from '../received.ts';
import type { Change, Entry } from '../registry.ts';
import { newest } from '../rules/update.ts';
import { attr } from '../xml.ts';
import { newUuid } from './provide.ts';
import { entryOf, restate } from './stored-entry.ts';

export const updateAction = 'urn:ihe:iti:2010:UpdateDocumentSetResponse';

/** TD3.3: a change of status keeps the entryUUID; a change of visibility makes a new version, and the old one is Deprecated. */
export function updated(received: Received): Change {
  const { lot, registry } = received;
  if (lot === null) return {};
  const statuses = lot.associations.filter((one) => one.type === updateStatus).flatMap((one): Entry[] => { const entry = registry.entries.get(one.target); return entry === undefined ? [] : [restate(entry, { status: slot(one, 'NewStatus') })]; });
  const versions = lot.entries.flatMap((object): Entry[] => {
    const current = newest(received, attr(object.element, 'lid'));
    return current === undefined ? [] : [restate(current, { status: deprecated }), entryOf(object, null, { entryUuid: object.id, lid: current.lid, version: current.version + 1, status: current.status }, current)];
  });
  return {
    entries: [...statuses, ...versions],
    lots: lot.sets.map((one) => ({ entryUuid: newUuid(), uniqueId: identifier(one, scheme.lotUniqueId), patientId: identifier(one, scheme.lotPatientId) })),
    associations: lot.associations.map((one) => ({ id: newUuid(), type: one.type, source: one.source, target: one.target })),
  };
}
