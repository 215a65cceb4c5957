import type { Lot } from './lot.ts';
import { deleted, archived, approved, updateStatus } from './namespaces.ts';
import type { Transaction } from './rule.ts';
import { attr, one, type El } from './xml.ts';

export const services = ['/patients', '/habilitations', '/repository', '/registry'] as const;
export const serviceOf = (path: string): string => services.find((one) => path.endsWith(one)) ?? '';

export const getDocuments = 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4';
export const findDocuments = 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d';

function update(lot: Lot | null): Transaction {
  const status = lot?.associations.find((one) => one.type === updateStatus)?.slots.get('NewStatus')?.[0];
  if (status === deleted) return 'TD3.3c';
  if (status === archived || status === approved) return 'TD3.3d';
  return 'TD3.3a/b';
}

/** Which DMP transaction a body is, by the service it was sent to and its own name (dmp.md §1.1). */
export function transactionOf(path: string, body: El | null, lot: Lot | null): Transaction {
  switch (serviceOf(path)) {
    case '/patients': return 'TD0.2';
    case '/habilitations': return 'TD0.3';
    case '/repository':
      if (body?.name === 'RetrieveDocumentSetRequest') return 'TD3.2';
      return body === null || body.name === 'ProvideAndRegisterDocumentSetRequest' ? 'TD2.1' : 'unknown';
    case '/registry':
      if (body?.name === 'SubmitObjectsRequest') return update(lot);
      if (body?.name !== 'AdhocQueryRequest') return 'unknown';
      return attr(one(body, 'AdhocQuery'), 'id') === getDocuments ? 'TD3.1b' : 'TD3.1a';
    default: return 'unknown';
  }
}
