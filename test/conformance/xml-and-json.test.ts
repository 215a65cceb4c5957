import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readXml } from '../../src/formats/fhir/xml/read-xml.ts';
import { openCoreDefinitions } from '../../src/packages/core.ts';
import { Registry } from '../../src/validate/registry/registry.ts';
import { schemaLookup } from '../../src/validate/registry/schema-lookup.ts';
import { Structures } from '../../src/validate/registry/structures.ts';
import { TypeModel } from '../../src/validate/registry/type-model.ts';
import { profileCases } from './profile-cases.ts';

const lookup = schemaLookup(new TypeModel(new Structures(new Registry(openCoreDefinitions(join(tmpdir(), 'passerelle-test-core'))))));

test.each(profileCases().flatMap(({ name, text, xml }) => xml === undefined ? [] : [[name, text, xml] as const]))('%s: XML and JSON give the same tree', (_name, text, xml) => {
  const { resource, problems } = readXml(xml, lookup);
  expect(problems).toEqual([]);
  expect(resource).toEqual(JSON.parse(text));
});
