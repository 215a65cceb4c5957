import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { packageOf } from '../registry/source.ts';
import { createValidator } from '../validator.ts';
import { elementRules, resourceRules } from './index.ts';
import { rulesPage } from './rules-page.ts';

type Json = Record<string, unknown>;
const questionnaire = {
  resourceType: 'Questionnaire', url: 'https://example.org/q', status: 'active',
  item: [
    { linkId: 'b', type: 'boolean' },
    { linkId: 'n', type: 'decimal', required: true, extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces', valueInteger: 1 }, { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueDecimal: 10 }] },
    { linkId: 'c', type: 'choice', repeats: true, answerOption: [{ valueCoding: { system: 'https://example.org/cs', code: 'x' } }, { valueString: 'other' }] },
    { linkId: 'w', type: 'string', enableWhen: [{ question: 'b', operator: '=', answerBoolean: true }], required: true },
    { linkId: 'g', type: 'group', item: [{ linkId: 'g1', type: 'date' }] },
  ],
};
const validator = createValidator({ definitions: coreDefinitions(), packages: [packageOf('q', '1', [questionnaire])], language: 'en' });
const ids = (resource: Json): string[] => validator.validate(resource).outcome.issue.filter(issue => issue.severity === 'error').map(issue => issue.details.coding[0]?.code ?? '');
const response = (item: readonly Json[], status = 'completed'): Json => ({ resourceType: 'QuestionnaireResponse', questionnaire: 'https://example.org/q', status, item });
const answered = { linkId: 'n', answer: [{ valueDecimal: 2.5 }] };
const entry = (fullUrl: string, resource: Json): Json => ({ fullUrl, resource });
const patient = { resourceType: 'Patient', id: 'p' };
const composition = { resourceType: 'Composition', status: 'final', type: { text: 'x' }, date: '2024', title: 'x', author: [{ reference: 'Patient/p' }] };

describe('rules outside the definitions', () => {
  test.each<readonly [string, Json, readonly string[]]>([
    ['fullUrl that is relative', { resourceType: 'Bundle', type: 'collection', entry: [entry('Patient/p', patient)] }, ['bundle-full-url']],
    ['fullUrl of another id', { resourceType: 'Bundle', type: 'collection', entry: [entry('https://example.org/Patient/other', patient)] }, ['bundle-full-url-id']],
    ['a link twice', { resourceType: 'Bundle', type: 'searchset', total: 0, link: [{ relation: 'self', url: 'https://a' }, { relation: 'self', url: 'https://b' }] }, ['bundle-link-once']],
    ['a paging link where nothing is paged', { resourceType: 'Bundle', type: 'collection', link: [{ relation: 'next', url: 'https://a' }] }, ['bundle-link-search']],
    ['a match without id, of another type', { resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'self', url: 'https://a/Practitioner?name=x' }], entry: [{ ...entry('https://a/x', { resourceType: 'Patient', active: true }), search: { mode: 'match' } }] }, ['search-result-id', 'search-result-type']],
    ['a document whose author stays behind', { resourceType: 'Bundle', type: 'document', identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:1' }, timestamp: '2024-01-01T00:00:00Z', entry: [entry('https://a/Composition/c', { ...composition, id: 'c' })] }, ['bundle-reference']],
    ['an attachment of another size', { resourceType: 'Media', status: 'completed', content: { contentType: 'text/plain', data: 'YWJj', size: 4 } }, ['attachment-size']],
    ['a local system', { resourceType: 'Patient', identifier: [{ system: 'local' }] }, ['absolute-system']],
    ['a value set for a system', { resourceType: 'Patient', maritalStatus: { coding: [{ system: 'http://hl7.org/fhir/ValueSet/marital-status', code: 'M' }] } }, ['system-is-value-set']],
    ['a reference that is no url', { resourceType: 'Patient', managingOrganization: { reference: 'no url at all' } }, ['reference-form']],
    ['a reference to no type', { resourceType: 'Patient', managingOrganization: { reference: 'Chicken/1' } }, ['reference-resource-type']],
    ['Parameters that lack the patient meant', { resourceType: 'Parameters', parameter: [{ name: 'a', resource: { resourceType: 'Patient', id: '1' } }, { name: 'b', resource: { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/2' } } }] }, ['parameters-reference']],
    ['a profile on an element its base has not', { resourceType: 'StructureDefinition', url: 'https://e.org/p', name: 'P', status: 'draft', kind: 'resource', abstract: false, type: 'Patient', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', differential: { element: [{ id: 'Patient.nothing', path: 'Patient.nothing' }] } }, ['differential-place']],
    ['a value set of a local system', { resourceType: 'ValueSet', status: 'draft', compose: { include: [{ system: '#x' }] } }, ['value-set-system']],
    ['a code system with a property twice', { resourceType: 'CodeSystem', status: 'draft', content: 'complete', property: [{ code: 'a', type: 'code' }, { code: 'a', type: 'code' }] }, ['code-system-property-twice']],
    ['a vital sign without what R4 asks of it', { resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: 'Patient/1' }, effectiveDateTime: '2024-01-01', valueQuantity: { value: 60, unit: 'bpm', system: 'http://unitsofmeasure.org', code: '/min' } }, ['min', 'slice-min']],
  ])('%s', (_name, resource, expected) => {
    expect(ids(resource).sort()).toEqual([...expected].sort());
  });

  test.each<readonly [string, Json, readonly string[]]>([
    ['answers as asked', response([{ linkId: 'b', answer: [{ valueBoolean: false }] }, answered, { linkId: 'c', answer: [{ valueCoding: { system: 'https://example.org/cs', code: 'x' } }, { valueString: 'other' }] }]), []],
    ['a required answer missing', response([{ linkId: 'b', answer: [{ valueBoolean: false }] }]), ['qr-required']],
    ['the same, in progress', response([{ linkId: 'b', answer: [{ valueBoolean: false }] }], 'in-progress'), []],
    ['an unknown question', response([answered, { linkId: 'zz', answer: [{ valueString: 'x' }] }]), ['qr-link-id']],
    ['a question of a group outside it', response([answered, { linkId: 'g1', answer: [{ valueDate: '2024' }] }]), ['qr-place']],
    ['the wrong type', response([{ linkId: 'n', answer: [{ valueString: 'x' }] }]), ['qr-answer-type']],
    ['beyond limit and places', response([{ linkId: 'n', answer: [{ valueDecimal: 11.25 }] }]), ['qr-decimal-places', 'qr-max-value']],
    ['two answers to one question', response([{ linkId: 'n', answer: [{ valueDecimal: 1 }, { valueDecimal: 2 }] }]), ['qr-one-answer']],
    ['an option that is none', response([answered, { linkId: 'c', answer: [{ valueString: 'else' }] }]), ['qr-answer-option']],
    ['a question that is asked after yes', response([{ linkId: 'b', answer: [{ valueBoolean: true }] }, answered]), ['qr-required']],
    ['an answer to a question not asked', response([{ linkId: 'b', answer: [{ valueBoolean: false }] }, answered, { linkId: 'w', answer: [{ valueString: 'x' }] }]), ['qr-disabled']],
    ['out of order', response([answered, { linkId: 'b', answer: [{ valueBoolean: false }] }]), ['qr-order']],
    ['a group with an answer', response([answered, { linkId: 'g', answer: [{ valueString: 'x' }] }]), ['qr-group-answer']],
  ])('questionnaire response: %s', (_name, resource, expected) => {
    expect(ids(resource).sort()).toEqual([...expected].sort());
  });
});

describe('the list of rules', () => {
  test('is the page that is checked in', () => {
    expect(readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'validation-rules.md'), 'utf8')).toBe(rulesPage());
  });

  test('has an id, a source and a reason for each', () => {
    const all = [...resourceRules, ...elementRules];
    expect(new Set(all.map(rule => rule.id)).size).toBe(all.length);
    expect(all.filter(rule => rule.source === '' || rule.why === '')).toEqual([]);
  });
});
