import { rule } from '../../run/rule.ts';
import { indexed, objects, reportAt, text, choiceValue, type Json, type ResourceRule } from '../resource-rule.ts';
import type { Run } from '../../run/run.ts';

const base = 'http://hl7.org/fhir/concept-properties#';

/** concept-properties code system (codesystem-concept-properties.html): property → type. */
const known: Readonly<Record<string, string>> = {
  inactive: 'boolean', deprecated: 'dateTime', deprecationDate: 'dateTime', retirementDate: 'dateTime', status: 'code', notSelectable: 'boolean',
  parent: 'code', child: 'code', partOf: 'code', synonym: 'code', comment: 'string', itemWeight: 'decimal',
};

const wrongType = rule('code-system-property-type', 'error', 'business-rule', 'La propriété {0} a le type {1}, {2} est attendu', 'The property {0} has the type {1}, {2} is expected');
const twice = rule('code-system-property-twice', 'error', 'business-rule', 'La propriété {0} est définie deux fois', 'The property {0} is already defined');
const undefinedProperty = rule('code-system-property-unknown', 'error', 'business-rule', 'La propriété {0} d’un concept n’est pas définie par le système', 'The concept property {0} is not defined by the code system');
const unknownCode = rule('code-system-property-code', 'error', 'code-invalid', 'La propriété {0} renvoie à un code inconnu', 'The property {0} refers to an unknown code');

/** Properties are defined once, with the type their uri is known for, and concepts use them as defined. */
export const codeSystemProperties: ResourceRule = {
  id: 'code-system-property', types: ['CodeSystem'], source: 'R4 codesystem.html#properties, codesystem-concept-properties.html; reference validator', decision: 'adopted',
  why: 'filters on properties would silently find nothing',
  check: (resource, run, compiler) => {
    const types = new Map<string, string>();
    const uris = new Set<string>();
    for (const [index, property] of indexed(resource.property)) {
      const code = text(property.code) ?? '';
      const type = text(property.type) ?? '';
      const uri = text(property.uri);
      if (types.has(code) || (uri !== undefined && uris.has(uri))) reportAt(run, ['property', index], twice, [code]);
      const expected = uri?.startsWith(base) === true ? known[uri.slice(base.length)] : undefined;
      if (expected !== undefined && expected !== type) reportAt(run, ['property', index], wrongType, [code, type, expected]);
      if (!types.has(code)) types.set(code, type);
      if (uri !== undefined) uris.add(uri);
    }
    const isCode = (system: string, code: string): boolean => compiler.terminology.concept(system, code) !== null;
    concepts(resource, [], types, run, isCode, 0);
  },
};

function concepts(holder: Json, at: readonly (string | number)[], types: ReadonlyMap<string, string>, run: Run, isCode: (system: string, code: string) => boolean, depth: number): void {
  for (const [index, concept] of indexed(holder.concept)) {
    const place = [...at, 'concept', index];
    for (const [position, property] of indexed(concept.property)) {
      const code = text(property.code) ?? '';
      const value = choiceValue(property);
      if (value === undefined) continue;
      const type = types.get(code);
      const own = value.type.charAt(0).toLowerCase() + value.type.slice(1);
      if (type === undefined && !(code in known)) reportAt(run, [...place, 'property', position], undefinedProperty, [code]);
      else if (type !== undefined && type.toLowerCase() !== own.toLowerCase()) reportAt(run, [...place, 'property', position], wrongType, [code, own, type]);
      const [coding] = value.type === 'Coding' ? objects([value.value]) : [];
      const system = text(coding?.system);
      const coded = text(coding?.code);
      if (system !== undefined && coded !== undefined && !isCode(system, coded)) reportAt(run, [...place, 'property', position], unknownCode, [code]);
    }
    if (depth < 50) concepts(concept, place, types, run, isCode, depth + 1);
  }
}
