import type { Place } from './place.ts';
import type { Rule, Severity } from './rule.ts';

/** Something found, with all that is needed to say it later in either language. */
export interface Issue {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly place: Place;
  readonly args: readonly string[];
  /** The constraint's or rule's id, which `details.coding` carries. */
  readonly id: string;
  /** `url|version` of the definition that says so; absent for the base specification's JSON rules. */
  readonly profile: string | undefined;
}

/** A value set that could not be consulted, once for each. */
export interface Unchecked { readonly valueSet: string; readonly path: string; readonly advice: string }
