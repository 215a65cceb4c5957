import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import type { ElementDefinition, StructureDefinition } from '../registry/definition.ts';
import { Registry } from '../registry/registry.ts';
import { packageOf } from '../registry/source.ts';
import { Structures } from '../registry/structures.ts';
import { elementList } from './element-tree.ts';

const base = 'http://hl7.org/fhir/StructureDefinition/';

function snapshot(element: readonly object[], type = 'Patient', baseDefinition = base + type): { elements: Map<string, ElementDefinition>; problems: readonly string[] } {
  const definition = { resourceType: 'StructureDefinition', url: 'https://example.org/p', kind: 'resource', type, derivation: 'constraint', baseDefinition, differential: { element } };
  const structures = new Structures(new Registry([...coreDefinitions(), packageOf('p', '1', [definition])]));
  const structure = structures.loose(definition as unknown as StructureDefinition, packageOf('p', '1', []));
  const tree = structures.tree(structure);
  const elements = new Map((tree === undefined ? [] : elementList(tree)).map(one => [one.id ?? '', one]));
  return { elements, problems: structures.problems(structure).map(problem => `${problem.kind} ${problem.element}`) };
}

describe('a snapshot', () => {
  test('keeps the base and takes the differential over it', () => {
    const { elements } = snapshot([{ id: 'Patient.name', path: 'Patient.name', min: 1, constraint: [{ key: 'k', severity: 'error', expression: 'true' }] }]);
    expect(elements.get('Patient.name')).toMatchObject({ min: 1, max: '*', type: [{ code: 'HumanName' }] });
    expect(elements.get('Patient.name')?.constraint?.map(one => one.key)).toEqual(['ele-1', 'k']);
    expect(elements.get('Patient.gender')?.binding?.strength).toBe('required');
  });

  test('unfolds types and content references on the way', () => {
    expect(snapshot([{ id: 'Patient.name.period.start', path: 'Patient.name.period.start', min: 1 }]).elements.get('Patient.name.period.start')).toMatchObject({ min: 1, base: { path: 'Period.start' } });
    const { elements } = snapshot([{ id: 'Questionnaire.item.item.text', path: 'Questionnaire.item.item.text', min: 1 }], 'Questionnaire');
    expect(elements.get('Questionnaire.item.item.text')?.min).toBe(1);
    expect(elements.get('Questionnaire.item.text')?.min).toBe(0);
  });

  test('a slice begins as the base has the element; extensions and choices are sliced without being told', () => {
    const { elements } = snapshot([
      { id: 'Patient.identifier', path: 'Patient.identifier', min: 2 }, { id: 'Patient.identifier:a', path: 'Patient.identifier', sliceName: 'a', max: '1' },
      { id: 'Patient.extension:x', path: 'Patient.extension', sliceName: 'x', type: [{ code: 'Extension', profile: [`${base}patient-birthPlace`] }] },
      { id: 'Patient.deceasedBoolean', path: 'Patient.deceasedBoolean', fixedBoolean: false },
    ]);
    expect(elements.get('Patient.identifier:a')).toMatchObject({ min: 0, max: '1', sliceName: 'a' });
    expect(elements.get('Patient.extension')?.slicing?.discriminator).toEqual([{ type: 'value', path: 'url' }]);
    expect(elements.get('Patient.deceased[x]:deceasedBoolean')).toMatchObject({ type: [{ code: 'boolean' }], fixedBoolean: false });
  });

  test('paths place elements where ids are missing', () => {
    const { elements } = snapshot([{ path: 'Patient.identifier', sliceName: 'a' }, { path: 'Patient.identifier.system', min: 1 }, { path: 'Patient.identifier', sliceName: 'b' }, { path: 'Patient.identifier.value', min: 1 }]);
    expect(elements.get('Patient.identifier:a.system')?.min).toBe(1);
    expect(elements.get('Patient.identifier:b.value')?.min).toBe(1);
    expect(elements.get('Patient.identifier:b.system')?.min ?? 0).toBe(0);
  });

  test('an element the base has not, or a base nobody has, is a problem and no exception', () => {
    expect(snapshot([{ id: 'Patient.nothing', path: 'Patient.nothing' }]).problems).toEqual(['no-such-element Patient.nothing']);
    expect(snapshot([], 'Patient', 'https://example.org/none').problems).toEqual(['no-base https://example.org/none']);
    expect(snapshot([], 'Patient', 'https://example.org/p').problems).toEqual(['no-base https://example.org/p']);
  });
});
