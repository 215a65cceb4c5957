import type { Compiler } from '../compile/compiler.ts';
import { FhirNode, resourceNode, systemValue, type Item } from '../fhirpath/item.ts';
import type { TypeModel } from '../registry/type-model.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { frameOfNode } from './frame.ts';
import type { MutableEnv, Run } from './run.ts';
import { xhtmlHasContent, xhtmlProblem } from './xhtml.ts';

/** The FHIRPath environment of a validator. `current` is the run under way: references and profiles are tried from there. */
export function makeEnv(model: TypeModel, terminology: Terminology, compiler: Compiler, current: () => Run | undefined): MutableEnv {
  return {
    model, resource: undefined, rootResource: undefined, context: undefined, now: undefined, variables: undefined,
    self: undefined, index: 0, total: [], fuel: 0,
    resolve: (reference, from) => {
      const run = current();
      const target = run?.options.resolve(run, reference, from === undefined ? run.frame : frameOfNode(from, run.frame));
      return target === undefined ? undefined : resourceNode(target.resource, model);
    },
    conformsTo: (item, canonical) => {
      const run = current();
      const structure = compiler.structures.find(canonical);
      return run === undefined || structure === undefined || !(item instanceof FhirNode) ? undefined : compiler.conforms(item.value, structure, run);
    },
    memberOf: (item, valueSet) => memberOf(item, valueSet, terminology),
    htmlChecks: (item, what) => {
      const value = systemValue(item);
      return typeof value !== 'string' || (what === 'form' ? xhtmlProblem(value) === undefined : xhtmlHasContent(value));
    },
  };
}

function memberOf(item: Item, valueSet: string, terminology: Terminology): boolean | undefined {
  const codes = terminology.valueSet(valueSet);
  if (codes === undefined) return undefined;
  const value = item instanceof FhirNode ? item.value : item;
  if (typeof value === 'string') {
    const found = codes.has(undefined, value);
    return found === 'unknown' ? undefined : found === 'in';
  }
  const { coding } = (value ?? {}) as { coding?: unknown };
  const codings: unknown[] = Array.isArray(coding) ? coding : [value];
  let unknown = false;
  for (const one of codings) {
    const { system, code } = (one ?? {}) as { system?: unknown; code?: unknown };
    if (typeof code !== 'string') continue;
    const found = codes.has(typeof system === 'string' ? system : '', code);
    if (found === 'in') return true;
    unknown ||= found === 'unknown';
  }
  return unknown ? undefined : false;
}
