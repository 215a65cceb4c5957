import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readXml } from '../../src/formats/fhir/xml/read-xml.ts';
import { openCoreDefinitions } from '../../src/packages/core.ts';
import { openPackage } from '../../src/packages/open-package.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { profileCases } from './profile-cases.ts';

const profiles = join(import.meta.dirname, '..', '..', 'profiles', 'package');
const validator = createValidator({
  definitions: openCoreDefinitions(join(tmpdir(), 'passerelle-test-core')), packages: [openPackage(profiles)], language: 'en', readXml,
});

/** An outcome's issues of one severity as `severity id expression`, sorted. */
function issuesOf(text: string, profile: string, severity: string): string[] {
  const { outcome } = validator.validate(text, { profiles: [profile] });
  return outcome.issue.filter(issue => issue.severity === severity)
    .map(issue => `${issue.severity} ${issue.details.coding[0]?.code ?? '?'} ${issue.expression?.[0] ?? ''}`).sort();
}

describe('the examples of our profiles get the verdict and the issues they expect', () => {
  test.each(profileCases().map(one => [one.name, one] as const))('%s', (_name, { text, xml, expected }) => {
    const wanted = (severity: string): string[] =>
      expected.issues.filter(issue => issue.severity === severity).map(({ id, expression }) => `${severity} ${id} ${expression}`).sort();
    expect(issuesOf(text, expected.profile, 'error')).toEqual(wanted('error'));
    expect(issuesOf(text, expected.profile, 'warning')).toEqual(expect.arrayContaining(wanted('warning')));
    expect(validator.validate(text, { profiles: [expected.profile] }).valid).toBe(expected.valid);
    if (xml !== undefined) expect(issuesOf(xml, expected.profile, 'error')).toEqual(wanted('error'));
  });
});
