import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../test/core-definitions.ts';
import { packageOf } from './registry/source.ts';
import { createValidator } from './validator.ts';
import type { OutcomeIssue } from './run/outcome.ts';

const url = 'https://example.org/StructureDefinition/named-patient';
const profiles = packageOf('example', '1.0.0', [
  {
    resourceType: 'StructureDefinition', url, version: '1.0.0', kind: 'resource', abstract: false, type: 'Patient', derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }, { id: 'Patient.maritalStatus', path: 'Patient.maritalStatus', binding: { strength: 'required', valueSet: 'https://example.org/ValueSet/absent' } }] },
  },
]);
const validator = createValidator({ definitions: coreDefinitions(), packages: [profiles], language: 'en' });
const narrative = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">text</div>' };

function ids(issues: readonly OutcomeIssue[]): string[] {
  return issues.filter(issue => issue.severity === 'error').map(issue => `${issue.details.coding[0]?.code ?? ''} ${issue.expression?.[0] ?? ''}`);
}

describe('an outcome', () => {
  test('says what, where, by which profile version, and what to do', () => {
    const { valid, outcome } = validator.validate({ resourceType: 'Patient', text: narrative }, { profiles: [url] });
    expect(valid).toBe(false);
    expect(outcome.issue).toEqual([{
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-context', valueString: `${url}|1.0.0` }],
      severity: 'error', code: 'structure',
      details: { coding: [{ system: expect.any(String), code: 'min' }], text: 'Patient.name: minimum required = 1, but only found 0' },
      diagnostics: 'Add Patient.name', expression: ['Patient'],
    }]);
  });

  test('has a line and a column when a text was given, and speaks French unless told otherwise', () => {
    const french = createValidator({ definitions: coreDefinitions() });
    const { outcome } = french.validate('{\n  "resourceType": "Patient",\n  "birthDate": "2024-02-30"\n}');
    const [issue] = outcome.issue.filter(one => one.severity === 'error');
    expect(issue?.details.text).toContain("n'est pas un date valide");
    expect(issue?.extension?.slice(0, 2).map(one => 'valueInteger' in one ? one.valueInteger : 0)).toEqual([3, expect.any(Number)]);
  });

  test('suggests the property and the code that were meant', () => {
    const { outcome } = validator.validate({ resourceType: 'Patient', gendre: 'male', gender: 'femal' });
    expect(outcome.issue.map(issue => issue.diagnostics)).toEqual(expect.arrayContaining(['Did you mean "gender"?', 'Did you mean "female"?']));
  });

  test('never repeats a value of the patient', () => {
    const secret = 'Zorglub-2023-99-99';
    const { outcome } = validator.validate({ resourceType: 'Patient', birthDate: secret, gender: secret, name: [{ family: [secret] }], [secret]: 1, identifier: [{ use: secret, system: secret }] });
    expect(outcome.issue.length).toBeGreaterThan(3);
    expect(JSON.stringify(outcome)).not.toContain('Zorglub');
  });
});

describe('what could not be checked', () => {
  test('a binding to a value set that is not there is listed and never turns the verdict', () => {
    const coded = { resourceType: 'Patient', text: narrative, name: [{ family: 'x' }], maritalStatus: { coding: [{ system: 'https://example.org/cs', code: 'x' }] } };
    const { valid, unchecked, outcome } = validator.validate(coded, { profiles: [url] });
    expect(valid).toBe(true);
    expect(unchecked).toEqual([{ valueSet: 'https://example.org/ValueSet/absent', path: 'Patient.maritalStatus', advice: 'Add the package that defines it' }]);
    expect(outcome.issue).toContainEqual(expect.objectContaining({ severity: 'information' }));
  });

  test('an unknown profile asked for is an error, one the resource claims a warning: never silence', () => {
    const asked = validator.validate({ resourceType: 'Patient' }, { profiles: ['https://example.org/unknown'] });
    expect(ids(asked.outcome.issue)).toEqual(['profile-unknown Patient']);
    const claimed = validator.validate({ resourceType: 'Patient', text: narrative, meta: { profile: ['https://example.org/unknown'] } });
    expect(claimed.valid).toBe(true);
    expect(claimed.outcome.issue.map(issue => issue.details.coding[0]?.code)).toEqual(['meta-profile-unknown']);
  });

  test.each([['error', false], ['warning', true], ['ignore', true]] as const)('unknown extensions: %s', (unknownExtensions, valid) => {
    const strict = createValidator({ definitions: coreDefinitions(), unknownExtensions });
    const resource = { resourceType: 'Patient', text: narrative, extension: [{ url: 'https://example.org/nobody-knows', valueCode: 'x' }] };
    expect(strict.validate(resource).valid).toBe(valid);
    const modifier = { resourceType: 'Patient', modifierExtension: resource.extension };
    expect(strict.validate(modifier).valid).toBe(false);
  });
});

describe('the base of R4', () => {
  test.each<readonly [string, unknown, readonly string[]]>([
    ['an unknown property', { resourceType: 'Patient', nonsense: 1 }, ['unknown-property Patient']],
    ['two types of one choice', { resourceType: 'Patient', deceasedBoolean: true, deceasedDateTime: '2020' }, ['choice Patient']],
    ['a type the choice does not have', { resourceType: 'Patient', deceasedString: 'x' }, ['type Patient']],
    ['an object for an array', { resourceType: 'Patient', name: {} }, ['must-be-array Patient.name']],
    ['an array for an object', { resourceType: 'Patient', maritalStatus: [] }, ['must-not-be-array Patient.maritalStatus']],
    ['null', { resourceType: 'Patient', active: null }, ['null-value Patient.active']],
    ['null in an array without extension', { resourceType: 'Patient', name: [{ given: [null] }] }, ['null-value Patient.name[0].given[0]']],
    ['a date that is none', { resourceType: 'Patient', birthDate: '2023-02-29' }, ['format-date Patient.birthDate']],
    ['a contained resource nobody refers to', { resourceType: 'Patient', contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }] }, ['dom-3 Patient']],
    ['a local reference to nothing', { resourceType: 'Patient', managingOrganization: { reference: '#x' } }, ['ref-1 Patient.managingOrganization']],
    ['a reference to the wrong type', { resourceType: 'Patient', managingOrganization: { reference: 'Patient/1' } }, ['reference-type Patient.managingOrganization']],
    ['a script in the narrative', { resourceType: 'Patient', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>' } }, ['txt-1 Patient.text.div']],
    ['a period that ends before it starts', { resourceType: 'Patient', name: [{ period: { start: '2024', end: '2023' } }] }, ['per-1 Patient.name[0].period']],
    ['an extension where it is not allowed', { resourceType: 'Patient', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'x' }] }, ['extension-context Patient.extension[0]']],
    ['an extension on the id', { resourceType: 'Patient', id: 'x', _id: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } }, ['id-extension Patient.id']],
    ['an unknown resource type', { resourceType: 'Patiant' }, ['resource-type Resource']],
  ])('refuses %s', (_name, resource, expected) => {
    expect(ids(validator.validate(resource).outcome.issue)).toEqual(expect.arrayContaining([...expected]));
  });

  test.each<readonly [string, unknown]>([
    ['a primitive that has only an extension', { resourceType: 'Patient', _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } }],
    ['null beside an extension', { resourceType: 'Patient', name: [{ given: ['a', null], _given: [null, { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }] }] }],
    ['a reference to the container', { resourceType: 'Patient', contained: [{ resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'x' }, subject: { reference: '#' } }] }],
    ['a leap day', { resourceType: 'Patient', birthDate: '2024-02-29' }],
  ])('accepts %s', (_name, resource) => {
    expect(ids(validator.validate(resource).outcome.issue)).toEqual([]);
  });
});
