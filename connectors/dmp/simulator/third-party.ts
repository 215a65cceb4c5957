import { randomUUID } from 'node:crypto';
import { approved, archived, deleted, deprecated } from './namespaces.ts';
import type { Change, Entry, Registry } from './registry.ts';
import type { ThirdParty } from './scenario.ts';
import { newUuid } from './transactions/provide.ts';
import { restate } from './transactions/stored-entry.ts';

const isCurrent = (entry: Entry): boolean => entry.status === approved || entry.status === archived;
/** Somebody else, with a card, changes a document of the record. Null when nothing current has that uniqueId. */
export function thirdParty(registry: Registry, uniqueId: string, change: ThirdParty): Change | null {
  const entry = registry.byUniqueId(uniqueId).find(isCurrent);
  if (entry === undefined) return null;
  switch (change) {
    case 'delete': return { entries: [restate(entry, { status: deleted })] };
    case 'archive': return { entries: [restate(entry, { status: archived })] };
    case 'update': return { entries: [restate(entry, { status: deprecated }), restate(entry, { entryUuid: newUuid(), version: entry.version + 1 })] };
    case 'replace': {
      const fresh = newUuid();
      const bytes = registry.document(uniqueId);
      const other = restate(entry, { entryUuid: fresh, lid: fresh, version: 1, uniqueId: `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`).toString()}` });
      return { entries: [restate(entry, { status: deprecated }), other], documents: bytes === null ? [] : [{ uniqueId: other.uniqueId, bytes }] };
    }
  }
}
