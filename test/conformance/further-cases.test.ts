import { expect, test } from '@jest/globals';
import { readXml } from '../../src/formats/fhir/xml/read-xml.ts';
import { packageOf } from '../../src/validate/registry/source.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { coreDefinitions } from '../core-definitions.ts';
import { furtherCases } from './further-cases.ts';

test.each(furtherCases.map(one => [one.name, one] as const))('%s', (_name, { text, valid, definitions = [] }) => {
  const validator = createValidator({ definitions: coreDefinitions(), packages: [packageOf('case', '', definitions)], language: 'en', readXml });
  const profiles = definitions.flatMap(one => one.resourceType === 'StructureDefinition' ? [String(one.url)] : []);
  const result = validator.validate(text, { profiles });
  const errors = result.outcome.issue.filter(issue => issue.severity === 'error').map(issue => issue.details.coding[0]?.code);
  expect({ valid: result.valid, errors: errors.length > 0 }).toEqual({ valid, errors: !valid });
});
