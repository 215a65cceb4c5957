import { nearest } from '../run/nearest.ts';

export type Membership = 'in' | 'out' | 'unknown';

/** The codes of one system that a value set holds; `codes` undefined when only a predicate can tell. */
export interface SystemPart {
  readonly system: string;
  readonly has: (code: string) => boolean;
  readonly codes: Iterable<string> | undefined;
}

/** A value set made ready for questions. `unknown` lists systems some of whose codes could not be worked out. */
export class CodeSet {
  readonly label: string;
  readonly #parts = new Map<string, SystemPart[]>();
  readonly #unknown: ReadonlySet<string>;
  readonly #excluded: (system: string, code: string) => boolean;
  /** Its codes may come under an address that only their OID is known of. */
  readonly #elsewhere: boolean;
  #listedCodes: ReadonlySet<string> | undefined;

  constructor(label: string, parts: readonly SystemPart[], unknown: ReadonlySet<string>, excluded: (system: string, code: string) => boolean, elsewhere = false) {
    this.label = label;
    this.#unknown = unknown;
    this.#excluded = excluded;
    this.#elsewhere = elsewhere;
    for (const part of parts) {
      const list = this.#parts.get(part.system);
      if (list === undefined) this.#parts.set(part.system, [part]);
      else list.push(part);
    }
  }

  /** Is a code in it? Without a system, any system's code will do (elements of type code). */
  has(system: string | undefined, code: string): Membership {
    if (system === undefined) {
      for (const [own, parts] of this.#parts) if (parts.some(part => part.has(code)) && !this.#excluded(own, code)) return 'in';
      return this.#unknown.size > 0 ? 'unknown' : 'out';
    }
    const parts = this.#parts.get(system);
    if (parts?.some(part => part.has(code)) === true && !this.#excluded(system, code)) return 'in';
    // With a part missing nobody can say that a code is not in the set, even of another system: guides rename systems.
    return this.#unknown.size > 0 || (this.#elsewhere && !system.startsWith('urn:oid:')) ? 'unknown' : 'out';
  }

  /** Is a code surely in it, of whatever system? A set of some hundred codes answers in one look-up. */
  holds(code: string): boolean {
    this.#listedCodes ??= this.#allListed();
    return this.#listedCodes.has(code) || this.has(undefined, code) === 'in';
  }

  #allListed(): ReadonlySet<string> {
    const listed = new Set<string>();
    for (const code of this.#listed(500)) if (this.has(undefined, code) === 'in') listed.add(code);
    return listed;
  }

  /** True when a code that is not in it could still be: something it is made of is missing. */
  get partial(): boolean {
    return this.#unknown.size > 0;
  }

  /** Does it hold UCUM units and nothing else? */
  get onlyUnits(): boolean {
    return this.#parts.size === 1 && this.#parts.has('http://unitsofmeasure.org');
  }

  /** Codes that can be listed, for nesting in another set and for hints. */
  parts(): readonly SystemPart[] {
    return [...this.#parts.values()].flat();
  }

  /** The code a person probably meant. */
  nearest(code: string): string | undefined {
    return nearest(code, this.#listed(2000));
  }

  *#listed(limit: number): Iterable<string> {
    let left = limit;
    for (const part of this.parts()) {
      for (const code of part.codes ?? []) {
        if (left-- <= 0) return;
        yield code;
      }
    }
  }
}
