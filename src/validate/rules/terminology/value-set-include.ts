import type { Compiler } from '../../compile/compiler.ts';
import { rule } from '../../run/rule.ts';
import type { Run } from '../../run/run.ts';
import { indexed, isObject, objects, reportAt, text, type Json, type ResourceRule } from '../resource-rule.ts';

const local = rule('value-set-system', 'error', 'invalid', 'Le système doit être une url absolue', 'URI values in ValueSet.compose.include.system must be absolute', 'Donner l’url du CodeSystem', "Give the CodeSystem's full url");
const badFilter = rule('value-set-filter-value', 'error', 'invalid', 'La valeur du filtre sur {0} n’est pas un code valide', 'The value for a filter based on property {0} is not a valid code');

/** Systems are absolute, and a filter on a coded property has a code that exists. */
export const valueSetInclude: ResourceRule = {
  id: 'value-set-include', types: ['ValueSet'], source: 'R4 valueset-definitions.html#ValueSet.compose.include; reference validator', decision: 'adopted',
  why: 'a value set that selects nothing makes every binding to it fail',
  check: (resource, run, compiler) => {
    const { compose } = resource;
    if (!isObject(compose)) return;
    for (const part of ['include', 'exclude'] as const) {
      for (const [index, include] of indexed(compose[part])) {
        const system = text(include.system);
        const at = ['compose', part, index];
        if (system === undefined) continue;
        if (!/^[A-Za-z][\w+.-]*:/.test(system)) reportAt(run, at, local);
        for (const [position, filter] of indexed(include.filter)) judge(filter, system, [...at, 'filter', position], run, compiler);
      }
    }
  },
};

function judge(filter: Json, system: string, at: readonly (string | number)[], run: Run, compiler: Compiler): void {
  const property = text(filter.property);
  const value = text(filter.value);
  if (property === undefined || value === undefined || filter.op !== '=') return;
  const type = propertyType(system, property, compiler);
  if (type === 'code' && compiler.terminology.concept(system, value) === null) reportAt(run, at, badFilter, [property]);
  if (type !== 'Coding') return;
  const [own = '', code = ''] = value.split(/[#|]/);
  if (compiler.terminology.concept(own, code) === null) reportAt(run, at, badFilter, [property]);
}

function propertyType(system: string, property: string, compiler: Compiler): string | undefined {
  if (property === 'concept' || property === 'parent' || property === 'child') return 'code';
  const found = compiler.structures.registry.find('CodeSystem', system);
  return text(objects((found?.definition as Json | undefined)?.property).find(one => one.code === property)?.type);
}
