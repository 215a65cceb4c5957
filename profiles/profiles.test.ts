import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ourProfiles, profileCases } from '../test/conformance/profile-cases.ts';
import { packageHash } from './build/package-files.ts';
import { readPins } from './build/package-pins.ts';
import { rulesOf } from './build/profile-rules.ts';

describe('our profiles', () => {
  const cases = profileCases();

  test('the package is the one packages.json names', () => {
    const folder = join(import.meta.dirname, 'package');
    const files = new Map(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]));
    const ours = readPins(join(import.meta.dirname, 'packages.json')).find(({ name }) => name === 'passerelle.fhir');
    expect(packageHash(files)).toBe(ours?.sha256);
  });

  test.each(ourProfiles().map(profile => [profile.id, profile] as const))('%s: an accepted example, and a refused one for every rule', (_id, profile) => {
    const own = cases.filter(({ expected }) => expected.profile === profile.url);
    expect(own.some(({ expected }) => expected.valid && expected.breaks === undefined)).toBe(true);
    const broken = new Set(own.map(({ expected }) => expected.breaks?.replace(/ \([^)]*\)$/, '')));
    expect(rulesOf(profile).filter(rule => !broken.has(rule))).toEqual([]);
  });

  test('every invariant is said in French too', () => {
    const silent = ourProfiles().flatMap(profile => profile.differential.element).flatMap(({ constraint }) => constraint ?? [])
      .filter(constraint => !JSON.stringify(constraint).includes('"valueCode":"fr"'));
    expect(silent).toEqual([]);
  });
});
