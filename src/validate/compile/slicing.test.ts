import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { packageOf } from '../registry/source.ts';
import { createValidator } from '../validator.ts';

type Json = Record<string, unknown>;
const url = 'https://example.org/p';

/** The errors of a resource against a profile given by its differential. */
function errors(type: string, element: readonly Json[], resource: Json, others: readonly unknown[] = []): string[] {
  const profile = { resourceType: 'StructureDefinition', url, kind: 'resource', type, derivation: 'constraint', baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`, differential: { element } };
  const validator = createValidator({ definitions: coreDefinitions(), packages: [packageOf('p', '1', [profile, ...others])], language: 'en' });
  return validator.validate({ resourceType: type, ...resource }, { profiles: [url] }).outcome.issue.filter(issue => issue.severity === 'error').map(issue => issue.details.coding[0]?.code ?? '');
}

const sliced = (discriminator: readonly Json[], rules = 'open', ordered = false): Json => ({ id: 'Patient.identifier', path: 'Patient.identifier', slicing: { discriminator, rules, ordered } });
const slice = (name: string, rest: Json = {}): Json => ({ id: `Patient.identifier:${name}`, path: 'Patient.identifier', sliceName: name, ...rest });
const system = (name: string, value: string): Json => ({ id: `Patient.identifier:${name}.system`, path: 'Patient.identifier.system', fixedUri: value });
const bySystem = [{ type: 'value', path: 'system' }];
const a = { system: 'urn:oid:1.2.3', value: 'a' };
const b = { system: 'urn:oid:1.2.4', value: 'b' };
const c = { system: 'urn:oid:1.2.5', value: 'c' };
const twoSlices = (rules = 'open', ordered = false): Json[] => [sliced(bySystem, rules, ordered), slice('a', { min: 1, max: '1' }), system('a', 'urn:oid:1.2.3'), slice('b'), system('b', 'urn:oid:1.2.4')];

describe('slicing', () => {
  test.each<readonly [string, Json[], readonly unknown[], readonly string[]]>([
    ['by value: a required slice is there', twoSlices(), [a, b, c], []],
    ['by value: a required slice is missing', twoSlices(), [b], ['slice-min']],
    ['by value: nothing at all', twoSlices(), [], ['slice-min']],
    ['by value: one too many', twoSlices(), [a, a], ['slice-max']],
    ['closed: another is refused', twoSlices('closed'), [a, c], ['slice-closed']],
    ['ordered: the other way round', twoSlices('open', true), [b, a], ['slice-order']],
    ['open at the end: one outside comes first', twoSlices('openAtEnd'), [c, a], ['slice-at-end']],
    ['open at the end: one outside comes last', twoSlices('openAtEnd'), [a, c], []],
    ['what the sliced element requires is required in its slices', [...twoSlices().slice(0, 1), { id: 'Patient.identifier.value', path: 'Patient.identifier.value', min: 1 }, ...twoSlices().slice(1)], [{ system: 'urn:oid:1.2.3' }, b], ['min']],
    ['a `_value` is a value', [...twoSlices().slice(0, 1), { id: 'Patient.identifier.value', path: 'Patient.identifier.value', min: 1 }, ...twoSlices().slice(1)], [{ system: 'urn:oid:1.2.3', _value: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] } }], []],
    ['by pattern in a type', [sliced([{ type: 'pattern', path: 'type' }]), slice('a', { min: 1 }), { id: 'Patient.identifier:a.type', path: 'Patient.identifier.type', patternCodeableConcept: { coding: [{ code: 'PI' }] } }], [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PI' }] }, value: 'x' }], []],
    ['by a nested path', [sliced([{ type: 'value', path: 'type.coding.code' }]), slice('a', { min: 1 }), { id: 'Patient.identifier:a.type.coding.code', path: 'Patient.identifier.type.coding.code', fixedCode: 'PI' }], [{ type: { text: 'x' } }], ['slice-min']],
    ['by existence', [sliced([{ type: 'exists', path: 'period' }]), slice('dated', { max: '1' }), { id: 'Patient.identifier:dated.period', path: 'Patient.identifier.period', min: 1 }, slice('undated', { max: '1' }), { id: 'Patient.identifier:undated.period', path: 'Patient.identifier.period', max: '0' }], [{ period: { start: '2020' } }, { value: 'x' }], []],
    ['by position', [sliced([{ type: 'position', path: '$this' }], 'open', true), slice('a'), system('a', 'urn:oid:1.2.3'), slice('b'), system('b', 'urn:oid:1.2.4')], [b, a], ['fixed', 'fixed']],
    ['reslicing: within a slice', [...twoSlices(), { ...slice('b'), slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' } }, slice('b/old', { max: '0' }), { id: 'Patient.identifier:b/old.use', path: 'Patient.identifier.use', fixedCode: 'old' }], [a, { ...b, use: 'old' }], ['slice-max']],
  ])('%s', (_name, element, identifier, expected) => {
    const resource = identifier.length === 0 ? {} : { identifier };
    expect(errors('Patient', element, resource)).toEqual([...expected]);
  });

  test('by type: a choice, and the type it may not have', () => {
    const element = [{ id: 'Observation.value[x]', path: 'Observation.value[x]', slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'closed' } }, { id: 'Observation.value[x]:valueQuantity', path: 'Observation.value[x]', sliceName: 'valueQuantity', type: [{ code: 'Quantity' }] }, { id: 'Observation.value[x]:valueQuantity.code', path: 'Observation.value[x].code', min: 1 }];
    const base = { status: 'final', code: { text: 'x' } };
    expect(errors('Observation', element, { ...base, valueQuantity: { value: 1 } })).toEqual(['min']);
    expect(errors('Observation', element, { ...base, valueString: 'x' })).toEqual(['slice-closed']);
  });

  test('by profile and by resolve(): the entry of a Bundle, and what it refers to', () => {
    const named = { resourceType: 'StructureDefinition', url: 'https://example.org/named', kind: 'resource', type: 'Patient', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] } };
    const element = [{ id: 'Bundle.entry', path: 'Bundle.entry', slicing: { discriminator: [{ type: 'profile', path: 'resource' }], rules: 'open' } }, { id: 'Bundle.entry:named', path: 'Bundle.entry', sliceName: 'named', min: 1 }, { id: 'Bundle.entry:named.resource', path: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: ['https://example.org/named'] }] }];
    const entry = (resource: Json): Json => ({ type: 'collection', entry: [{ fullUrl: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a', resource }] });
    expect(errors('Bundle', element, entry({ resourceType: 'Patient', name: [{ family: 'x' }] }), [named])).toEqual([]);
    expect(errors('Bundle', element, entry({ resourceType: 'Patient', active: true }), [named])).toEqual(['slice-min']);
    const byTarget = [{ id: 'Observation.performer', path: 'Observation.performer', slicing: { discriminator: [{ type: 'type', path: 'resolve()' }], rules: 'open' } }, { id: 'Observation.performer:org', path: 'Observation.performer', sliceName: 'org', max: '0', type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] }] }];
    const observation = { status: 'final', code: { text: 'x' }, contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }], performer: [{ reference: '#o' }] };
    expect(errors('Observation', byTarget, observation)).toEqual(['slice-max']);
  });

  test('a fixed or pattern value, a limit and a length are held to', () => {
    const element = [{ id: 'Patient.birthDate', path: 'Patient.birthDate', minValueDate: '1900-01-01' }, { id: 'Patient.language', path: 'Patient.language', patternCode: 'fr' }, { id: 'Patient.name.family', path: 'Patient.name.family', maxLength: 3 }, { id: 'Patient.maritalStatus', path: 'Patient.maritalStatus', fixedCodeableConcept: { text: 'x' } }];
    const resource = { birthDate: '1899-12-31', language: 'en', name: [{ family: 'four' }], maritalStatus: { text: 'x', id: 'y' } };
    expect(errors('Patient', element, resource).sort()).toEqual(['fixed-extra', 'max-length', 'min-value', 'pattern']);
  });
});
