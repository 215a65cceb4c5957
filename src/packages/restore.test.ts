import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { coreDefinitions } from '../../test/core-definitions.ts';
import { createValidator } from '../validate/validator.ts';
import type { StructureDefinition } from '../validate/registry/definition.ts';

describe('the definitions the product brings along', () => {
  const validator = createValidator({ definitions: coreDefinitions(), language: 'en' });

  test.each([
    [{ resourceType: 'Patient', meta: { project: 'x' } }, 'Patient.meta'],
    [{ resourceType: 'Patient', meta: { deleted: true } }, 'Patient.meta'],
    [{ resourceType: 'Binary', contentType: 'text/plain', url: 'https://example.org' }, 'Binary'],
    [{ resourceType: 'HealthcareService', offeredIn: [{ reference: 'HealthcareService/1' }] }, 'HealthcareService'],
    [{ resourceType: 'SubscriptionStatus' }, 'Resource'],
  ])('what medplum adds is refused: %j', (resource, place) => {
    const { valid, outcome } = validator.validate(resource);
    expect(valid).toBe(false);
    expect(outcome.issue.map(issue => issue.expression?.[0])).toContain(place);
  });

  test('no element is there that the R4 model of fhirpath.js does not have', () => {
    const folder = join(dirname(createRequire(import.meta.url).resolve('fhirpath/package.json')), 'fhir-context', 'r4');
    const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>;
    const published = { ...read('path2Type'), ...read('choiceTypePaths') };
    const extra: string[] = [];
    for (const entry of coreDefinitions().find(pack => pack.id === 'hl7.fhir.r4.core')?.entries ?? []) {
      if (entry.resourceType !== 'StructureDefinition') continue;
      const definition = entry.load() as StructureDefinition;
      if (definition.derivation === 'constraint') continue;
      for (const { path, base, contentReference } of definition.snapshot?.element ?? []) {
        if (path.includes('.') && base?.path === path && contentReference === undefined && !(path.replace('[x]', '') in published)) extra.push(path);
      }
    }
    expect(extra).toEqual([]);
  });
});
