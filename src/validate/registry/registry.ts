import { compareVersions, parseCanonical, versionMatches } from './canonical.ts';
import type { DefinitionEntry, DefinitionPackage } from '../../domain/definition-package.ts';

/** A definition found, with the package it came from: names inside it are looked up from there first. */
export interface Found { readonly entry: DefinitionEntry; readonly pack: DefinitionPackage; readonly definition: unknown }

interface Candidate { readonly entry: DefinitionEntry; readonly pack: DefinitionPackage; readonly rank: number }

/**
 * Canonical → definition over several packages, several versions side by side. Definitions are loaded when first
 * asked for. Order of preference: the version the canonical names; the asking package's own; the version that
 * package's dependencies name; the highest version; the package given last.
 */
export class Registry {
  readonly packages: readonly DefinitionPackage[];
  readonly #candidates = new Map<string, Candidate[]>();
  readonly #found = new Map<DefinitionEntry, Found | undefined>();

  constructor(packages: readonly DefinitionPackage[]) {
    this.packages = packages;
    packages.forEach((pack, rank) => {
      for (const entry of pack.entries) {
        const key = `${entry.resourceType} ${entry.url}`;
        const candidates = this.#candidates.get(key);
        if (candidates === undefined) this.#candidates.set(key, [{ entry, pack, rank }]);
        else candidates.push({ entry, pack, rank });
      }
    });
    for (const candidates of this.#candidates.values()) {
      if (candidates.length > 1) candidates.sort((a, b) => compareVersions(b.entry.version, a.entry.version) || b.rank - a.rank);
    }
  }

  find(resourceType: string, canonical: string, from?: DefinitionPackage): Found | undefined {
    const { url, version } = parseCanonical(canonical);
    const candidates = this.#candidates.get(`${resourceType} ${url}`);
    if (candidates === undefined) return undefined;
    const fitting = version === undefined ? candidates : candidates.filter(candidate => versionMatches(version, candidate.entry.version));
    for (const candidate of preferred(fitting, from)) {
      const found = this.#load(candidate);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every version there is, highest first. */
  versions(resourceType: string, url: string): readonly string[] {
    return (this.#candidates.get(`${resourceType} ${url}`) ?? []).map(candidate => candidate.entry.version);
  }

  /** All definitions of a canonical, whatever the version. */
  all(resourceType: string, url: string): Found[] {
    return (this.#candidates.get(`${resourceType} ${url}`) ?? []).flatMap(candidate => this.#load(candidate) ?? []);
  }

  /** The canonicals known for a kind of definition. */
  urls(resourceType: string): string[] {
    const prefix = `${resourceType} `;
    return [...this.#candidates.keys()].filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length));
  }

  #load({ entry, pack }: Candidate): Found | undefined {
    if (this.#found.has(entry)) return this.#found.get(entry);
    const definition = entry.load();
    const usable = typeof definition === 'object' && definition !== null;
    const found = usable ? { entry, pack, definition } : undefined;
    this.#found.set(entry, found);
    return found;
  }
}

function preferred(candidates: readonly Candidate[], from: DefinitionPackage | undefined): readonly Candidate[] {
  if (from === undefined || candidates.length < 2) return candidates;
  const own = candidates.filter(candidate => candidate.pack === from);
  const named = candidates.filter(candidate => {
    const wanted = from.dependencies[candidate.pack.id];
    return wanted !== undefined && versionMatches(wanted, candidate.pack.version);
  });
  return [...own, ...named, ...candidates];
}
