import type { Run } from '../run/run.ts';
import type { Json } from './check.ts';

/** Checks one property of an object. `holder` is the object, for the `_name` beside a primitive. */
export type PropertyCheck = (value: unknown, holder: Json, run: Run) => void;

/**
 * A property of a compiled object. `bit` is not 0 for what must be known to have been there: required elements, and
 * choices, whose types share one and of which one only (`choice`) may be there.
 */
export interface Property { readonly check: PropertyCheck; readonly bit: number; readonly choice: boolean }

/** Set for any property at all: an object with none is empty. */
export const anything = 1 << 30;

export interface Dispatching {
  readonly properties: ReadonlyMap<string, Property>;
  readonly unknown: (key: string, holder: Json, run: Run) => void;
  readonly twice: (key: string, holder: Json, run: Run) => void;
}

/** Walks the keys of an object, sends each to its check, and answers which bits were there. */
export type Dispatch = (holder: Json, run: Run) => number;

export function closureDispatch({ properties, unknown, twice }: Dispatching): Dispatch {
  return (holder, run) => {
    let seen = 0;
    for (const key in holder) {
      seen |= anything;
      const property = properties.get(key);
      if (property === undefined) {
        unknown(key, holder, run);
        continue;
      }
      if (property.choice && (seen & property.bit) !== 0) twice(key, holder, run);
      seen |= property.bit;
      property.check(holder[key], holder, run);
    }
    return seen;
  };
}

/** Only such names may enter generated code: a StructureDefinition is untrusted input. */
const safeName = /^_?[A-Za-z][A-Za-z0-9]{0,127}$/;

/**
 * The same as `closureDispatch`, as a generated `switch`. Names are checked and quoted; everything else in the code is
 * ours. undefined when a name is not fit or the runtime forbids code generation: the caller then uses the closures.
 */
export function generatedDispatch(dispatching: Dispatching): Dispatch | undefined {
  const names = [...dispatching.properties.keys()];
  if (!names.every(name => safeName.test(name))) return undefined;
  const caseOf = (name: string): string => {
    const i = names.indexOf(name);
    const { bit = 0, choice = false } = dispatching.properties.get(name) ?? {};
    const noted = `${choice ? `if ((seen & ${bit}) !== 0) twice(key, holder, run); ` : ''}${bit === 0 ? '' : `seen |= ${bit}; `}`;
    return `case ${JSON.stringify(name)}: ${noted}c${i}(holder[key], holder, run); break;`;
  };
  const cases = (beside: boolean): string => names.filter(name => name.startsWith('_') === beside).map(caseOf).join('\n');
  const source = `"use strict";
    ${names.map((name, i) => `const c${i} = properties.get(${JSON.stringify(name)}).check;`).join('\n')}
    return (holder, run) => { let seen = 0; for (const key in holder) { seen |= ${anything}; switch (key) {
      ${cases(false)}
      default: switch (key) { ${cases(true)}
        default: unknown(key, holder, run);
      }
    } } return seen; };`;
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- names are checked above
    return new Function('properties', 'unknown', 'twice', source)(dispatching.properties, dispatching.unknown, dispatching.twice) as Dispatch;
  } catch {
    return undefined;
  }
}
