import { indexCodeSystem, conceptOf, type CodeSystemIndex, type Concept } from './code-system.ts';
import type { CodeSet } from './code-set.ts';
import { expand } from './expand.ts';
import { grammars } from './predicates.ts';
import type { Registry } from '../registry/registry.ts';
import type { DefinitionPackage } from '../../domain/definition-package.ts';

export interface TerminologyOptions {
  /** Is a text a UCUM unit? Without it units are not checked. */
  readonly ucum?: ((unit: string) => boolean) | undefined;
}

/** Systems are named by messages: what is remembered of them is bounded. */
const mostKept = 20_000;
const ucumSystem = 'http://unitsofmeasure.org';

/** Value sets and code systems of a registry, each worked out at first use and kept. */
export class Terminology {
  readonly #registry: Registry;
  readonly #ucum: ((unit: string) => boolean) | undefined;
  readonly #systems = new Map<string, readonly CodeSystemIndex[]>();
  readonly #sets = new Map<unknown, CodeSet | undefined>();
  readonly #valueSets = new Map<string, boolean>();
  #addresses: Map<string, string> | undefined;

  constructor(registry: Registry, options: TerminologyOptions = {}) {
    this.#registry = registry;
    this.#ucum = options.ucum;
  }

  /** undefined when the value set is not in any package, or refers to itself. */
  valueSet(canonical: string, from?: DefinitionPackage): CodeSet | undefined {
    const found = this.#registry.find('ValueSet', canonical, from);
    if (found === undefined) return undefined;
    if (this.#sets.has(found.definition)) return this.#sets.get(found.definition);
    this.#sets.set(found.definition, undefined); // a value set that includes itself finds nothing there
    const set = expand(found, this);
    this.#sets.set(found.definition, set);
    return set;
  }

  /** Other definitions of the same value set: some carry an expansion the first has not. */
  variants(url: string): readonly unknown[] {
    return this.#registry.all('ValueSet', url).map(found => found.definition);
  }

  /** Is this the address of a value set and of no code system? Asked of every code: the answers are kept, for systems are few. */
  namesValueSet(url: string): boolean {
    let answer = this.#valueSets.get(url);
    if (answer === undefined) {
      answer = url.includes('/ValueSet/') && this.#isValueSet(url);
      if (this.#valueSets.size < mostKept) this.#valueSets.set(url, answer);
    }
    return answer;
  }

  #isValueSet(url: string): boolean {
    return this.#registry.versions('ValueSet', url).length > 0 && this.#registry.versions('CodeSystem', url).length === 0;
  }

  /** All complete versions of a code system, highest first. */
  codeSystems(url: string): readonly CodeSystemIndex[] {
    const known = this.#systems.get(url);
    if (known !== undefined) return known;
    const list = this.#registry.all('CodeSystem', url).flatMap(found => indexCodeSystem(found.definition as Record<string, unknown>) ?? []);
    if (this.#systems.size < mostKept) this.#systems.set(url, list);
    return list;
  }

  /** `urn:oid:…` → the address of the same French code system, when one at hand says so (CodeSystem.identifier). */
  addressOf(oid: string): string | undefined {
    if (this.#addresses === undefined) {
      this.#addresses = new Map();
      for (const url of this.#registry.urls('CodeSystem').filter(one => one.includes('.esante.gouv.fr/'))) {
        for (const { definition } of this.#registry.all('CodeSystem', url)) for (const value of identifiers(definition)) this.#addresses.set(value, url);
      }
    }
    return this.#addresses.get(oid);
  }

  /** A concept, whichever version has it; null when the system is complete and has no such code; undefined when nobody knows. */
  concept(system: string, code: string): Concept | null | undefined {
    const versions = this.codeSystems(system);
    for (const version of versions) {
      const concept = conceptOf(version, code);
      if (concept !== undefined) return concept;
    }
    return versions.length === 0 ? undefined : null;
  }

  /** Test of a system given by grammar; undefined when it has none. */
  grammar(system: string): ((code: string) => boolean) | undefined {
    if (system === ucumSystem) return this.#ucum;
    return Object.hasOwn(grammars, system) ? grammars[system] : undefined;
  }
}

function identifiers(codeSystem: unknown): string[] {
  const { identifier } = codeSystem as { identifier?: unknown };
  return Array.isArray(identifier) ? identifier.flatMap((one: { value?: unknown } | null) => typeof one?.value === 'string' ? one.value : []) : [];
}
