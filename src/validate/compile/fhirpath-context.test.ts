import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { packageOf } from '../registry/source.ts';
import { createValidator } from '../validator.ts';

const url = 'https://example.org/e';
const value = [{ url, valueString: 'x' }];

/** Where an extension with such a context is refused. */
function refused(context: readonly Readonly<Record<string, string>>[], resource: Readonly<Record<string, unknown>>): string[] {
  const definition = { resourceType: 'StructureDefinition', url, version: '1', kind: 'complex-type', type: 'Extension', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension', context, differential: { element: [{ path: 'Extension.url', fixedUri: url }, { path: 'Extension.value[x]', min: 1, type: [{ code: 'string' }] }] } };
  const validator = createValidator({ definitions: coreDefinitions(), packages: [packageOf('p', '1', [definition])], language: 'en' });
  return validator.validate(resource).outcome.issue.filter(({ details }) => details.coding[0]?.code === 'extension-context').map(({ expression }) => expression?.[0] ?? '');
}
const by = (expression: string) => [{ type: 'fhirpath', expression }];

describe('an extension whose context is a FHIRPath', () => {
  const names = { resourceType: 'Patient', name: [{ use: 'official', family: 'A', extension: value }, { use: 'usual', family: 'B', extension: value }] };
  test('stands on the elements it selects, and on no other', () => {
    expect(refused(by('Patient.name'), names)).toEqual([]);
    expect(refused(by("Patient.name.where(use = 'official')"), names)).toEqual(['Patient.name[1].extension[0]']);
    expect(refused(by('Patient.contact'), names)).toEqual(['Patient.name[0].extension[0]', 'Patient.name[1].extension[0]']);
    expect(refused(by('Patient'), { resourceType: 'Patient', extension: value })).toEqual([]);
    expect(refused(by('Observation'), { resourceType: 'Patient', extension: value })).toEqual(['Patient.extension[0]']);
  });

  test('a primitive is selected too, one of several by itself', () => {
    expect(refused(by('Patient.birthDate'), { resourceType: 'Patient', birthDate: '2026-01-01', _birthDate: { extension: value } })).toEqual([]);
    expect(refused(by('Patient.birthDate'), { resourceType: 'Patient', _birthDate: { extension: value } })).toEqual([]);
    expect(refused(by('Patient.gender'), { resourceType: 'Patient', birthDate: '2026-01-01', _birthDate: { extension: value } })).toEqual(['Patient.birthDate.extension[0]']);
    expect(refused(by('Patient.name.given.last()'), { resourceType: 'Patient', name: [{ given: ['A', 'B'], _given: [{ extension: value }, { extension: value }] }] })).toEqual(['Patient.name[0].given[0].extension[0]']);
  });

  test('it is asked of the resource itself: an entry’s, a contained one', () => {
    const entry = { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a', resource: names }] };
    expect(refused(by("Patient.name.where(use = 'official')"), entry)).toEqual(['Bundle.entry[0].resource.name[1].extension[0]']);
    const contained = { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: '#p' }, contained: [{ ...names, id: 'p' }] };
    expect(refused(by("Patient.name.where(use = 'usual')"), contained)).toEqual(['Basic.contained[0].name[0].extension[0]']);
  });

  test('beside another context either will do, and one that is no FHIRPath allows', () => {
    expect(refused([...by('Patient.contact'), { type: 'element', expression: 'HumanName' }], names)).toEqual([]);
    expect(refused(by('Patient.name.('), names)).toEqual([]);
  });
});
