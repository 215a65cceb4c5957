import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openCoreDefinitions } from '../../src/packages/core.ts';
import { openPackage } from '../../src/packages/open-package.ts';
import { createValidator, type Validator } from '../../src/validate/validator.ts';
import { sharedFolder, whenShared } from '../when-shared.ts';
import { profileCases } from './profile-cases.ts';

const frCore = 'https://hl7.fr/ig/fhir/core/StructureDefinition';

/** Accepted examples of ours and the FR Core profile each must meet too. */
const both: readonly (readonly [example: string, profile: string])[] = [
  ['patient/validated', `${frCore}/fr-core-patient-ins`],
  ['patient/validated-corsica', `${frCore}/fr-core-patient-ins`],
  ['patient/provisional', `${frCore}/fr-core-patient`],
  ['encounter/stay', `${frCore}/fr-core-encounter`],
];

whenShared('one instance meets our profile and FR Core', () => {
  const cache = join(tmpdir(), 'passerelle-test-core');
  const cases = new Map(profileCases().map(one => [one.name, one]));
  const validators = new Map<string, Validator>();
  const validatorOf = (version: string): Validator => {
    let validator = validators.get(version);
    if (validator === undefined) {
      const archive = readdirSync(join(sharedFolder, 'packages')).find(name => name === `hl7.fhir.fr.core-${version}.tgz`) ?? '';
      validator = createValidator({
        definitions: openCoreDefinitions(cache), language: 'en',
        packages: [openPackage(join(import.meta.dirname, '..', '..', 'profiles', 'package')), openPackage(join(sharedFolder, 'packages', archive), { cacheFolder: cache })],
      });
      validators.set(version, validator);
    }
    return validator;
  };

  test.each(['2.1.0', '2.2.0'].flatMap(version => both.map(([name, profile]) => [version, name, profile] as const)))('FR Core %s: %s', (version, name, profile) => {
    const { text = '', expected } = cases.get(name) ?? {};
    const { outcome, valid } = validatorOf(version).validate(text, { profiles: [expected?.profile ?? '', `${profile}|${version}`] });
    expect(outcome.issue.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
    expect(valid).toBe(true);
  });

  test.each(['2.1.0', '2.2.0'])('FR Core %s: a refused example is refused for our rule all the same', version => {
    for (const one of [...cases.values()].filter(({ expected }) => expected.profile.endsWith('passerelle-patient') && !expected.valid)) {
      expect([one.name, validatorOf(version).validate(one.text, { profiles: [one.expected.profile] }).valid]).toEqual([one.name, false]);
    }
  });
});
