import type { Bundle, Resource } from '@medplum/fhirtypes';

/** What route puts in `work.content` for this connector (src/route/by-rule.ts). */
export interface RegionalContent {
  readonly kind: 'results' | 'document' | 'patient';
  /** NdE event to declare after the thing itself, JDV_J46; null when none is due. */
  readonly event: 'ADM' | 'SOR' | 'DOC' | null;
  /** fullUrl of a Binary → document name. */
  readonly binaries: Readonly<Record<string, string>>;
  readonly action: 'submit' | 'replace' | 'delete' | 'notify';
  /** Each document that has an id: its uniqueId (OID, or `OID^extension`), and that of the one it replaces ('' when none). */
  readonly documents?: readonly { readonly uniqueId: string; readonly replaces: string }[];
}

/** The message Bundle by fullUrl, in its own order. */
export type Index = ReadonlyMap<string, Resource>;
export function indexOf(bundle: Bundle): Index {
  const index = new Map<string, Resource>();
  for (const { fullUrl, resource } of bundle.entry ?? []) if (fullUrl !== undefined && resource !== undefined) index.set(fullUrl, resource);
  return index;
}

/** Where in the message a resource comes from: the fragment that normalize leaves in `meta.source`. */
export function placeOf(resource: Resource): string {
  const source = resource.meta?.source ?? '', mark = source.indexOf('#');
  return mark < 0 || mark === source.length - 1 ? resource.resourceType : source.slice(mark + 1);
}
