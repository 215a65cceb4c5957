import type { Structure } from '../registry/structures.ts';

/** What came of a resource against a definition; `clean`: not even a warning. */
export interface Verdict { readonly definition: Structure; readonly passed: boolean; readonly clean: boolean }

/** What one run knows of a resource. */
export class ResourceRecord {
  readonly resource: unknown;
  /** Has its own type been looked at? */
  looked = false;
  /** The definitions it was checked against. */
  readonly held: Structure[] = [];
  readonly #verdicts: Verdict[] = [];

  constructor(resource: unknown) {
    this.resource = resource;
  }

  /** Of a definition; there are one or two. */
  verdict(definition: Structure): Verdict | undefined {
    for (const one of this.#verdicts) if (one.definition === definition) return one;
    return undefined;
  }

  /** The last word counts. */
  keep(verdict: Verdict): Verdict {
    const known = this.#verdicts.findIndex(one => one.definition === verdict.definition);
    if (known < 0) this.#verdicts.push(verdict);
    else this.#verdicts[known] = verdict;
    return verdict;
  }
}
