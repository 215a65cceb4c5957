import { list, object, text, type Json } from './simulator-rule.ts';
import { Impossible, tokenOf, type Store } from './simulator-store.ts';

interface Planned { readonly at: string; readonly type: string; readonly id: string; readonly resource: Json; readonly method: string; readonly exists: boolean }

function only(store: Store, type: string, query: string, at: string): string | null {
  const token = tokenOf(query);
  if (token === null) throw new Impossible(400, 'not-supported', at, 'only identifier is understood in a condition');
  const ids = store.ids(type, token);
  if (ids.length > 1) throw new Impossible(412, 'multiple-matches', at, 'several resources have this identifier');
  return ids[0] ?? null;
}

function planned(store: Store, entry: Json, i: number): Planned {
  const at = `Bundle.entry[${String(i)}]`;
  const { method: rawMethod, url: rawUrl, ifNoneExist } = object(entry.request);
  const method = text(rawMethod), url = text(rawUrl);
  const resource = object(entry.resource);
  const [path = '', query = ''] = url.split('?');
  const [type = '', id = ''] = path.split('/');
  if (method === 'POST') {
    const found = text(ifNoneExist) === '' ? null : only(store, type, text(ifNoneExist), `${at}.request.ifNoneExist`);
    return { at, type, id: found ?? store.newId(), resource, method, exists: found !== null };
  }
  if (method === 'PUT') {
    const found = query === '' ? (store.get(type, id) === undefined ? null : id) : only(store, type, query, `${at}.request.url`);
    return { at, type, id: found ?? (id === '' ? store.newId() : id), resource, method, exists: found !== null };
  }
  if (method === 'PATCH') {
    const found = only(store, type, query, `${at}.request.url`);
    if (found === null) throw new Impossible(404, 'not-found', at, 'nothing to patch');
    return { at, type, id: found, resource, method, exists: true };
  }
  throw new Impossible(400, 'not-supported', `${at}.request.method`, 'method not supported in a transaction');
}

/** urn:uuid references become the ids they were stored under. */
function resolved(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, ids));
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'reference' || key === 'url' || typeof inner === 'object' ? resolved(inner, ids) : inner]));
}

/** The one FHIRPath patch a document registry allows: another status. */
function patched(stored: Json, parameters: Json, at: string): Json {
  const parts = list(list(parameters.parameter)[0]?.part);
  const part = (name: string): Json => parts.find((one) => one.name === name) ?? {};
  const path = text(part('path').valueString);
  const status = text(part('value').valueCode);
  if (text(part('type').valueCode) !== 'replace' || path !== 'DocumentReference.status' || !['current', 'superseded', 'entered-in-error'].includes(status)) {
    throw new Impossible(405, 'not-supported', at, 'only the status may be patched (PDSm flows 03/04)');
  }
  return { ...stored, status };
}

/** All or nothing. Answers a transaction-response in the order asked. Throws Impossible, with nothing written. */
export function transaction(store: Store, bundle: Json): Json {
  store.begin();
  try {
    const all = list(bundle.entry);
    const plan = all.map((entry, i) => planned(store, entry, i));
    const ids = new Map(all.map((entry, i) => [text(entry.fullUrl), `${plan[i]?.type ?? ''}/${plan[i]?.id ?? ''}`]));
    ids.delete('');
    const entry = plan.map(({ at, type, id, resource, method, exists }) => {
      if (method === 'POST' && exists) return { response: { status: '200 OK', location: `${type}/${id}` } };
      const content = method === 'PATCH' ? patched(store.get(type, id) ?? {}, resource, at) : resolved(resource, ids) as Json;
      const { created, version } = store.put(type, id, content);
      return { response: { status: created ? '201 Created' : '200 OK', location: `${type}/${id}/_history/${String(version)}`, etag: `W/"${String(version)}"` } };
    });
    return { resourceType: 'Bundle', type: 'transaction-response', entry };
  } catch (error) {
    store.rollback();
    throw error;
  }
}

/** A batch of searches by identifier, the only reading a client of ours may do. */
export function batch(store: Store, bundle: Json): Json {
  const entry = list(bundle.entry).map((one) => {
    const [type = '', query = ''] = text(object(one.request).url).split('?');
    const token = tokenOf(query);
    if (text(object(one.request).method) !== 'GET' || token === null) return { response: { status: '400 Bad Request' } };
    const found = store.ids(type, token).map((id) => ({ resource: store.get(type, id) }));
    return { resource: { resourceType: 'Bundle', type: 'searchset', total: found.length, entry: found }, response: { status: '200 OK' } };
  });
  return { resourceType: 'Bundle', type: 'batch-response', entry };
}
