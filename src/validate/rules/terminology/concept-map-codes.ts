import type { Compiler } from '../../compile/compiler.ts';
import { rule } from '../../run/rule.ts';
import type { CodeSet } from '../../terminology/code-set.ts';
import { indexed, reportAt, text, type Json, type ResourceRule } from '../resource-rule.ts';

const notInSet = rule('concept-map-code', 'error', 'required', 'Un code ({0}) n’est pas dans l’ensemble de valeurs de la correspondance', 'The {0} code is not valid in the value set of the map');
const unknownCode = rule('concept-map-unknown-code', 'warning', 'required', 'Un code ({0}) n’existe pas dans son système', 'The {0} code does not exist in its system');

/** The codes of a map are of its source and target value sets, as far as these are at hand. */
export const conceptMapCodes: ResourceRule = {
  id: 'concept-map-code', types: ['ConceptMap'], source: 'R4 conceptmap.html; reference validator', decision: 'adopted',
  why: 'a code that cannot occur maps nothing',
  check: (resource, run, compiler) => {
    const source = scope(resource, 'source', compiler);
    const target = scope(resource, 'target', compiler);
    for (const [index, group] of indexed(resource.group)) {
      for (const [position, element] of indexed(group.element)) {
        const at = ['group', index, 'element', position];
        const problem = judge(text(group.source), text(element.code), source, compiler);
        if (problem !== undefined) reportAt(run, [...at, 'code'], problem, ['source']);
        for (const [rank, one] of indexed(element.target)) {
          const wrong = judge(text(group.target), text(one.code), target, compiler);
          if (wrong !== undefined) reportAt(run, [...at, 'target', rank, 'code'], wrong, ['target']);
        }
      }
    }
  },
};

function scope(resource: Json, side: 'source' | 'target', compiler: Compiler): CodeSet | undefined {
  const canonical = text(resource[`${side}Uri`]) ?? text(resource[`${side}Canonical`]);
  return canonical === undefined ? undefined : compiler.terminology.valueSet(canonical);
}

function judge(system: string | undefined, code: string | undefined, set: CodeSet | undefined, compiler: Compiler): typeof notInSet   | undefined {
  if (system === undefined || code === undefined) return undefined;
  if (set?.has(system, code) === 'out') return notInSet;
  return compiler.terminology.concept(system, code) === null ? unknownCode : undefined;
}
