import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coreDefinitions } from '../../test/core-definitions.ts';
import { bundle } from './examples.fixture.ts';
import { packageOf } from './registry/source.ts';
import { createValidator, type ValidationResult } from './validator.ts';

const generated = createValidator({ definitions: coreDefinitions(), language: 'en' });
const closures = createValidator({ definitions: coreDefinitions(), language: 'en', mode: 'closures' });

type Json = Record<string, unknown>;

/** Errors and warnings as a set: the order of properties may change the order in which they are found. */
function said({ outcome }: ValidationResult): string[] {
  return outcome.issue.map(issue => `${issue.severity} ${issue.details.coding[0]?.code ?? ''} ${issue.expression?.[0] ?? ''}`).sort();
}

/** A place in a JSON tree, chosen by a number. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => [[...path, index], ...places(one, [...path, index])]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [[...path, key], ...places(one, [...path, key])]);
}

function replaced(resource: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const copy = structuredClone(resource);
  let holder = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (by === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = by;
  return copy;
}

const spots = places(bundle);
const damaged = fc.record({ spot: fc.nat(spots.length - 1), value: fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.constantFrom(null, [], {}, [null], '', 0, '#', 'urn:uuid:x', '2024-13', { resourceType: 'Patient' })) })
  .map(({ spot, value }) => replaced(bundle, spots[spot] ?? [], value));

describe('any input has an outcome', () => {
  test('any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
      expect(generated.validate(value).valid).toBe(false);
    }));
  });

  test('a resource damaged anywhere: an outcome, the same in both modes', () => {
    fc.assert(fc.property(damaged, value => {
      expect(said(closures.validate(value))).toEqual(said(generated.validate(value)));
    }), { numRuns: 400 });
  });

  test('any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), damaged.map(value => JSON.stringify(value).slice(0, -3))), text => {
      expect(generated.validate(text).valid).toBe(false);
    }));
  });

  test('a definition damaged anywhere makes the profile unusable, not the validator', () => {
    const definition = {
      resourceType: 'StructureDefinition', url: 'https://example.org/p', kind: 'resource', type: 'Patient', derivation: 'constraint', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      differential: { element: [{ id: 'Patient.identifier', path: 'Patient.identifier', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' } }, { id: 'Patient.identifier:a', path: 'Patient.identifier', sliceName: 'a', min: 1, max: '1' }, { id: 'Patient.identifier:a.system', path: 'Patient.identifier.system', fixedUri: 'urn:oid:1.2.3', constraint: [{ key: 'k', severity: 'error', human: 'h', expression: 'true' }] }] },
    };
    const spotsOf = places(definition).filter(([first]) => first === 'differential' || first === 'baseDefinition' || first === 'type');
    fc.assert(fc.property(fc.nat(spotsOf.length - 1), fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, null, '', '))(', 'Patient.identifier')), (spot, value) => {
      const broken = replaced(definition, spotsOf[spot] ?? [], value);
      const validator = createValidator({ definitions: coreDefinitions(), packages: [packageOf('p', '1', [broken])] });
      expect(validator.validate({ resourceType: 'Patient', identifier: [{ system: 'urn:oid:1.2.3', value: 'x' }] }, { profiles: ['https://example.org/p'] }).outcome.issue.length).toBeGreaterThan(0);
    }), { numRuns: 150 });
  });
});

describe('what must not change a verdict', () => {
  test('the order of properties', () => {
    const reversed = (value: unknown): unknown => Array.isArray(value) ? value.map(reversed) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, one]) => [key, reversed(one)])) : value;
    fc.assert(fc.property(damaged, value => {
      expect(said(generated.validate(reversed(value)))).toEqual(said(generated.validate(value)));
    }), { numRuns: 150 });
  });

  test('white space of the text, and the text instead of the tree', () => {
    fc.assert(fc.property(damaged, fc.nat(4), (value, indent) => {
      expect(said(generated.validate(JSON.stringify(value, undefined, indent)))).toEqual(said(generated.validate(value)));
    }), { numRuns: 100 });
  });

  test('an extension that is known and allowed', () => {
    const extra = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };
    const withExtra = structuredClone(bundle) as unknown as { entry: { resource: Json }[] };
    for (const { resource } of withExtra.entry) for (const name of ['code', 'subject', 'name']) {
      const held = resource[name];
      for (const one of (Array.isArray(held) ? held : [held]) as (Json | undefined)[]) if (typeof one === 'object') one.extension = [extra];
    }
    expect(said(generated.validate(withExtra))).toEqual(said(generated.validate(bundle)));
  });
});

describe('work is bounded', () => {
  test('content nested without end', () => {
    let item: Json = { linkId: 'x' };
    for (let depth = 0; depth < 3000; depth++) item = { linkId: 'x', item: [item] };
    expect(said(generated.validate({ resourceType: 'QuestionnaireResponse', status: 'completed', item: [item] })).some(one => one.includes('too-deep'))).toBe(true);
    let contained: Json = { resourceType: 'Patient' };
    for (let depth = 0; depth < 3000; depth++) contained = { resourceType: 'Patient', contained: [contained] };
    expect(generated.validate(contained).valid).toBe(false);
  });

  test('a hundred thousand entries, in linear time and with a bounded outcome', () => {
    const entry = Array.from({ length: 100_000 }, (_, i) => ({ fullUrl: `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, resource: { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: `urn:uuid:00000000-0000-4000-8000-${String((i + 1) % 100_000).padStart(12, '0')}` } } }));
    const { outcome, valid } = generated.validate({ resourceType: 'Bundle', type: 'collection', entry });
    expect(valid).toBe(true);
    expect(outcome.issue.length).toBeLessThanOrEqual(501);
  });
});
