import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../../test/core-definitions.ts';
import { Registry } from '../registry/registry.ts';
import { packageOf } from '../registry/source.ts';
import { Terminology } from './terminology.ts';

const cs = 'https://example.org/cs';
const resources = [
  { resourceType: 'CodeSystem', url: cs, content: 'complete', caseSensitive: true, property: [{ code: 'kind', type: 'code' }], concept: [{ code: 'a', display: 'A', concept: [{ code: 'a1', property: [{ code: 'kind', valueCode: 'x' }] }, { code: 'a2' }] }, { code: 'b' }] },
  { resourceType: 'CodeSystem', url: 'https://example.org/folded', content: 'complete', caseSensitive: false, concept: [{ code: 'Up' }] },
  { resourceType: 'CodeSystem', url: 'https://example.org/part', content: 'fragment', concept: [{ code: 'p' }] },
  ...Object.entries({
    whole: { include: [{ system: cs }] }, below: { include: [{ system: cs, filter: [{ property: 'concept', op: 'descendent-of', value: 'a' }] }] },
    isA: { include: [{ system: cs, filter: [{ property: 'concept', op: 'is-a', value: 'a' }] }] }, kind: { include: [{ system: cs, filter: [{ property: 'kind', op: '=', value: 'x' }] }] },
    listed: { include: [{ system: 'http://snomed.info/sct', concept: [{ code: '1' }] }] }, without: { include: [{ system: cs }], exclude: [{ system: cs, concept: [{ code: 'b' }] }] },
    nested: { include: [{ valueSet: ['https://example.org/vs/whole', 'https://example.org/vs/below'] }] }, partial: { include: [{ system: cs }, { system: 'http://snomed.info/sct' }] },
    circular: { include: [{ valueSet: ['https://example.org/vs/circular'] }] }, folded: { include: [{ system: 'https://example.org/folded' }] }, part: { include: [{ system: 'https://example.org/part' }] },
    mime: { include: [{ system: 'urn:ietf:bcp:13' }] }, language: { include: [{ system: 'urn:ietf:bcp:47' }] }, currency: { include: [{ system: 'urn:iso:std:iso:4217' }] },
  }).map(([name, compose]) => ({ resourceType: 'ValueSet', url: `https://example.org/vs/${name}`, compose })),
  { resourceType: 'ValueSet', url: 'https://example.org/vs/expanded', compose: { include: [{ system: 'http://snomed.info/sct', filter: [{ property: 'concept', op: 'is-a', value: '1' }] }] }, expansion: { contains: [{ system: 'http://snomed.info/sct', code: '1', contains: [{ system: 'http://snomed.info/sct', code: '2' }] }] } },
];
const terminology = new Terminology(new Registry([...coreDefinitions(), packageOf('t', '1', resources)]));

describe('value sets', () => {
  test.each<readonly [string, string | undefined, string, string | undefined]>([
    ['whole', cs, 'a2', 'in'], ['whole', cs, 'zz', 'out'], ['whole', 'https://other.org', 'a2', 'out'], ['whole', undefined, 'b', 'in'],
    ['below', cs, 'a1', 'in'], ['below', cs, 'a', 'out'], ['isA', cs, 'a', 'in'], ['isA', cs, 'b', 'out'], ['kind', cs, 'a1', 'in'], ['kind', cs, 'a2', 'out'],
    ['listed', 'http://snomed.info/sct', '1', 'in'], ['without', cs, 'b', 'out'], ['without', cs, 'a', 'in'], ['nested', cs, 'a1', 'in'], ['nested', cs, 'b', 'out'],
    ['partial', cs, 'a', 'in'], ['partial', 'http://snomed.info/sct', '1', 'unknown'], ['circular', cs, 'a', 'unknown'],
    ['folded', 'https://example.org/folded', 'uP', 'in'], ['part', 'https://example.org/part', 'p', 'unknown'], ['absent', cs, 'a', undefined],
    ['mime', 'urn:ietf:bcp:13', 'application/fhir+json', 'in'], ['mime', 'urn:ietf:bcp:13', 'nonsense', 'out'], ['language', 'urn:ietf:bcp:47', 'fr-FR', 'in'], ['language', 'urn:ietf:bcp:47', 'français', 'out'],
    ['currency', 'urn:iso:std:iso:4217', 'EUR', 'in'], ['currency', 'urn:iso:std:iso:4217', 'FRF', 'out'], ['expanded', 'http://snomed.info/sct', '2', 'in'], ['expanded', 'http://snomed.info/sct', '3', 'out'],
  ])('%s of %s#%s: %s', (name, system, code, expected) => {
    expect(terminology.valueSet(`https://example.org/vs/${name}`)?.has(system, code)).toBe(expected);
  });

  test('of the core: most required bindings can be checked', () => {
    expect(terminology.valueSet('http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1')?.has(undefined, 'female')).toBe('in');
    expect(terminology.valueSet('http://hl7.org/fhir/ValueSet/administrative-gender')?.nearest('femal')).toBe('female');
  });

  test('a concept: found, absent from a complete system, unknowable', () => {
    expect(terminology.concept(cs, 'a')?.display).toBe('A');
    expect(terminology.concept(cs, 'zz')).toBeNull();
    expect(terminology.concept('http://snomed.info/sct', '1')).toBeUndefined();
  });
});
