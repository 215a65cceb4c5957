import type { TypeModel } from '../registry/type-model.ts';
import type { FhirNode, Item } from './item.ts';

/** What an evaluation may ask of the world. Everything comes from the caller: nothing here reads a clock or a network. */
export interface Env {
  readonly model: TypeModel;
  readonly resource: FhirNode | undefined;
  readonly rootResource: FhirNode | undefined;
  readonly context: FhirNode | undefined;
  /** The target of a literal reference or canonical, when it can be found. */
  readonly resolve: (reference: string, from: FhirNode | undefined) => FhirNode | undefined;
  /** undefined when the value set is not available. */
  readonly memberOf: (item: Item, valueSet: string) => boolean | undefined;
  readonly conformsTo: (item: Item, profile: string) => boolean | undefined;
  /** `form`: the XHTML R4 allows; `content`: something to read. */
  readonly htmlChecks: (item: Item, what: 'form' | 'content') => boolean;
  /** ISO 8601 with zone; undefined makes now() and today() empty. */
  readonly now: string | undefined;
  readonly variables: ReadonlyMap<string, Item> | undefined;
  /** Set and restored by the functions that bind them. */
  self: Item | undefined;
  index: number;
  total: readonly Item[];
  /** Work left: an expression over a hostile resource must end. */
  fuel: number;
}

/** What one evaluation may use. */
export const fuelEach = 2_000_000;
