interface Resource { readonly resourceType: string; readonly id?: string; readonly identifier?: unknown; readonly masterIdentifier?: unknown }
export interface Entry { readonly resource?: Resource; readonly request?: { readonly method: string; readonly url: string; readonly ifNoneExist?: string } }
export interface EntryAnswer { readonly status: string; readonly location: string }

/** Every `system|value` a resource is known by. */
function tokensOf({ identifier, masterIdentifier }: Resource): string[] {
  const all = [identifier, masterIdentifier].flat() as ({ system?: string; value?: string } | undefined)[];
  return all.flatMap((one) => (one?.value === undefined ? [] : [`${one.system ?? ''}|${one.value}`]));
}

/**
 * A FHIR store with conditional create and update by identifier, search by identifier, and update as create. A plain POST
 * makes something new each time, so that what is sent twice shows as two.
 */
export class Store {
  readonly #byId = new Map<string, Resource>();
  readonly #byToken = new Map<string, string[]>();
  /** How many resources there are, by type. */
  readonly counts = new Map<string, number>();

  /** Ids of what a `Type?identifier=…` query finds. */
  #find(query: string): string[] {
    const [type = '', search = ''] = query.split('?');
    const token = (new URLSearchParams(search).get('identifier') ?? '').replace(/\\([\\,$|])/g, '$1');
    return this.#byToken.get(`${type}?${token}`) ?? [];
  }

  search(query: string): readonly Resource[] { return this.#find(query).flatMap((key) => this.#byId.get(key) ?? []); }

  apply({ resource, request }: Entry): EntryAnswer & { readonly fresh: boolean } {
    if (resource === undefined || request === undefined) throw new Error('an entry without resource or request');
    const { method, url, ifNoneExist } = request;
    const type = resource.resourceType;
    if (method === 'POST') {
      const [there] = ifNoneExist === undefined ? [] : this.#find(`${type}?${ifNoneExist}`);
      return there === undefined ? this.#put(`${type}/${String(this.#byId.size + 1)}`, resource) : { status: '200 OK', location: `${there}/_history/1`, fresh: false };
    }
    if (method !== 'PUT') throw new Error(`${method} is not part of the load`);
    const [there] = url.includes('?') ? this.#find(url) : [url];
    return this.#put(there ?? `${type}/${String(this.#byId.size + 1)}`, resource);
  }

  #put(key: string, resource: Resource): EntryAnswer & { readonly fresh: boolean } {
    const fresh = !this.#byId.has(key);
    this.#byId.set(key, resource);
    if (fresh) {
      this.counts.set(resource.resourceType, (this.counts.get(resource.resourceType) ?? 0) + 1);
      for (const token of tokensOf(resource)) { const name = `${resource.resourceType}?${token}`; this.#byToken.set(name, [...(this.#byToken.get(name) ?? []), key]); }
    }
    return { status: fresh ? '201 Created' : '200 OK', location: `${key}/_history/1`, fresh };
  }
}
