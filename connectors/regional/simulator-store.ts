import { codes, list, object, text, type Json } from './simulator-rule.ts';

/** Why a write could not be made: HTTP status and issue code. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
  readonly status: number;
  readonly issue: string;
  readonly at: string;
  constructor(status: number, issue: string, at: string, message: string) { super(message); this.status = status; this.issue = issue; this.at = at; }
}

interface Kept { resource: Json; version: number }
const tokensOf = (resource: Json): string[] => {
  const identifiers = Array.isArray(resource.identifier) ? list(resource.identifier) : [object(resource.identifier)];
  return [...identifiers, object(resource.masterIdentifier)].flatMap((one) => (text(one.value) === '' ? [] : [`${text(one.system)}|${text(one.value)}`]));
};

/** Is the token the number of an order (table 0203 FILL, PLAC)? */
const isOrderNumber = (resource: Json | undefined, token: string): boolean =>
  list(resource?.identifier).some((one) => `${text(one.system)}|${text(one.value)}` === token && codes(one.type).some((code) => code === 'FILL' || code === 'PLAC'));

/** What the partner has, in memory, with an index by identifier. Writes can be undone together. */
export class Store {
  readonly #byType = new Map<string, Map<string, Kept>>();
  readonly #byToken = new Map<string, Set<string>>();
  #undo: (() => void)[] = [];
  #next = 1;

  all(type: string): Json[] { return [...this.#byType.get(type)?.values() ?? []].map((one) => one.resource); }
  count(): Record<string, number> { return Object.fromEntries([...this.#byType].map(([type, kept]) => [type, kept.size])); }
  get(type: string, id: string): Json | undefined { return this.#byType.get(type)?.get(id)?.resource; }
  ids(type: string, token: string): string[] { return [...this.#byToken.get(`${type}|${token}`) ?? []]; }
  /** Identifiers that name more than one resource of a type: what exactly-once must never leave. */
  duplicates(): string[] {
    // Two establishments may each know the same INS under an IPP of their own; a request has one number and several reports.
    return [...this.#byToken].flatMap(([token, ids]) => {
      const [type = ''] = token.split('|');
      const shared = token.startsWith('Patient|urn:oid:1.2.250.1.213.1.4.') || [...ids].every((id) => isOrderNumber(this.get(type, id), token.slice(type.length + 1)));
      return ids.size > 1 && !shared ? [type] : [];
    });
  }
  clear(): void { this.#byType.clear(); this.#byToken.clear(); }
  begin(): void { this.#undo = []; }
  rollback(): void { for (const undo of this.#undo.reverse()) undo(); this.#undo = []; }
  newId(): string { return String(this.#next++); }

  /** Writes a resource under its id; what it answers is whether it was new. */
  put(type: string, id: string, resource: Json): { created: boolean; version: number } {
    const kept = this.#byType.get(type) ?? new Map<string, Kept>();
    this.#byType.set(type, kept);
    const before = kept.get(id);
    const version = (before?.version ?? 0) + 1;
    this.#unindex(type, id, before?.resource);
    kept.set(id, { resource: { ...resource, id, meta: { ...object(resource.meta), versionId: String(version) } }, version });
    this.#index(type, id, resource);
    this.#undo.push(() => {
      this.#unindex(type, id, resource);
      if (before === undefined) kept.delete(id); else { kept.set(id, before); this.#index(type, id, before.resource); }
    });
    return { created: before === undefined, version };
  }

  #index(type: string, id: string, resource: Json): void {
    for (const token of tokensOf(resource)) {
      const ids = this.#byToken.get(`${type}|${token}`) ?? new Set<string>();
      this.#byToken.set(`${type}|${token}`, ids.add(id));
    }
  }

  #unindex(type: string, id: string, resource: Json | undefined): void {
    for (const token of resource === undefined ? [] : tokensOf(resource)) {
      const ids = this.#byToken.get(`${type}|${token}`);
      ids?.delete(id);
      if (ids?.size === 0) this.#byToken.delete(`${type}|${token}`);
    }
  }
}

/** `identifier=system|value` of a condition or a search; null when it asks something else. */
export function tokenOf(query: string): string | null {
  const parameters = new URLSearchParams(query);
  const token = parameters.get('identifier');
  return token === null || [...parameters.keys()].length > 1 ? null : token.replace(/\\([\\,$|])/g, '$1');
}
