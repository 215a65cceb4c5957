import { PackageFault } from './fault.ts';
import { highest, parsePackageName } from './resolve.ts';

export interface FetchOptions {
  /** The FHIR package registry the user configured; there is no default. */
  readonly registry: string;
  /** Injected so that proxies and certificates are the caller's business. */
  readonly fetch: (url: string) => Promise<Response>;
  readonly maxBytes?: number;
}

const usual = 256 * 1024 * 1024;

/**
 * Fetches `id#version` (or `1.2.x`, or the highest) from a FHIR package registry, which speaks the npm protocol:
 * `GET base/id` lists the versions, `GET base/id/version` or the listed tarball url is the archive. Throws PackageFault.
 */
export async function fetchPackage(name: string, options: FetchOptions): Promise<Buffer> {
  const wanted = parsePackageName(name);
  const base = options.registry.replace(/\/+$/, '');
  const listing = await get(`${base}/${encodeURIComponent(wanted.id)}`, name, options);
  const versions = versionsOf(await listing.json(), wanted.id);
  const found = highest(versions, wanted);
  if (found === undefined) throw new PackageFault('the registry has no such version', name, `there are: ${versions.map(one => one.version).join(', ') || 'none'}`);
  const archive = await get(found.tarball ?? `${base}/${encodeURIComponent(found.id)}/${encodeURIComponent(found.version)}`, name, options);
  const bytes = Buffer.from(await archive.arrayBuffer());
  if (bytes.length > (options.maxBytes ?? usual)) throw new PackageFault('the package is larger than the limit', name, 'raise the limit if this is right');
  return bytes;
}

interface Listed { readonly id: string; readonly version: string; readonly tarball: string | undefined }

function versionsOf(listing: unknown, id: string): Listed[] {
  const { versions } = (listing ?? {}) as { versions?: unknown };
  if (typeof versions !== 'object' || versions === null) return [];
  return Object.entries(versions).map(([version, about]) => {
    const tarball = (about as { dist?: { tarball?: unknown } } | null)?.dist?.tarball;
    return { id, version, tarball: typeof tarball === 'string' ? tarball : undefined };
  });
}

async function get(url: string, name: string, { fetch }: FetchOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new PackageFault('the registry cannot be reached', name, 'check the registry url and the network, or add the package from a file');
  }
  if (!response.ok) throw new PackageFault(`the registry answers ${response.status}`, name, 'check the package name and version');
  return response;
}
