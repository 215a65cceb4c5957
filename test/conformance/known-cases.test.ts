import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readXml } from '../../src/formats/fhir/xml/read-xml.ts';
import { packageOf } from '../../src/validate/registry/source.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { sharedFolder, whenShared } from '../when-shared.ts';
import { coreDefinitions } from './definitions.ts';

interface Case {
  readonly name: string;
  readonly part: 'base' | 'profile';
  readonly tier: 'A' | 'B';
  readonly file: string;
  readonly profile: string | null;
  readonly profiles: readonly string[];
  readonly supporting: readonly string[];
  readonly expectedValid: boolean;
}

/** Runs where we and the reference validator differ, each with its reason. A run that comes to agree fails the test too. */
const expectedFailures: Readonly<Record<string, string>> = {
  'extension-version-restriction-range-ctxt-r4 base': 'the extension is defined in a file the case does not name, so it is unknown here',
};

whenShared('the known runs of the reference validator', () => {
  const folder = join(sharedFolder, 'examples', 'fhir-validation-cases');
  const { cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as { cases: Case[] };
  const { schema } = createValidator({ definitions: coreDefinitions() });

  const read = (file: string): { url?: string } => {
    const text = readFileSync(join(folder, file), 'utf8');
    return (text.trimStart().startsWith('<') ? readXml(text, schema).resource : JSON.parse(text)) as { url?: string };
  };

  const run = (one: Case): boolean => {
    const files = [...one.supporting, ...one.profiles, ...(one.profile === null ? [] : [one.profile])];
    const validator = createValidator({
      definitions: coreDefinitions(), packages: [packageOf('case', '', files.map(read))],
      unknownExtensions: 'error', language: 'en', readXml,
    });
    const profile = one.profile === null ? undefined : read(one.profile).url;
    return validator.validate(readFileSync(join(folder, one.file), 'utf8'), { profiles: profile === undefined ? [] : [profile], now: '2026-06-01T00:00:00Z' }).valid;
  };

  const verdicts = new Map(cases.map(one => [one, run(one)]));
  const share = (some: readonly Case[]): number => some.filter(one => verdicts.get(one) === one.expectedValid).length / some.length;

  test('differ only where the list says so', () => {
    const failures = cases.filter(one => verdicts.get(one) !== one.expectedValid).map(one => `${one.name} ${one.part}`);
    expect(failures.sort()).toEqual(Object.keys(expectedFailures).sort());
  });

  test('agree in 97 % of tier A, 75 % of tier B, and refuse at most 1 % wrongly', () => {
    const invalid = cases.filter(one => !one.expectedValid);
    expect(share(cases.filter(one => one.tier === 'A'))).toBeGreaterThanOrEqual(0.97);
    expect(share(invalid.filter(one => one.tier === 'A'))).toBeGreaterThanOrEqual(0.97);
    expect(share(invalid.filter(one => one.tier === 'B'))).toBeGreaterThanOrEqual(0.75);
    const wrong = cases.filter(one => one.expectedValid && verdicts.get(one) === false).length;
    expect(wrong / cases.length).toBeLessThanOrEqual(0.01);
  });
});
