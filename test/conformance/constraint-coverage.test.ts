import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openPackage } from '../../src/packages/open-package.ts';
import { openUcum } from '../../src/packages/ucum.ts';
import type { StructureDefinition } from '../../src/validate/registry/definition.ts';
import { packageOf } from '../../src/validate/registry/source.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { whenShared } from '../when-shared.ts';
import { cover, type Covered } from './coverage/cover.ts';
import { exceptions } from './coverage/exceptions.ts';
import { hostProfile } from './coverage/hosts.ts';
import { modifierDefinition } from './coverage/sample.ts';
import { coreDefinitions, guide, type Package } from './definitions.ts';

/** Every constraint of every profile of a package, put to the test. */
function covered(pack: Package): Covered[] {
  const structures = pack.entries.filter(({ resourceType }) => resourceType === 'StructureDefinition').map((entry) => entry.load() as StructureDefinition);
  const helpers = packageOf('helpers', '1', [modifierDefinition, ...structures.flatMap((one) => hostProfile(one) ?? [])]);
  const validator = createValidator({ definitions: coreDefinitions(), packages: [pack, helpers], terminology: { ucum: openUcum() }, language: 'en' });
  return structures.filter(({ derivation }) => derivation === 'constraint').flatMap(({ url, version }) => {
    const structure = validator.structures.find(`${url}|${version ?? ''}`, pack);
    const build = structure === undefined ? undefined : validator.compiler.build(structure);
    return build === undefined ? [{ profile: url, element: '', constraint: 'snapshot', result: 'missed' as const, note: 'no plan' }] : [...cover(validator, build)];
  });
}

const excused = ({ profile, element }: Covered): boolean => exceptions.some((one) => one.profile.test(profile) && one.element.test(element));
/** The only reasons a constraint may be left out for: no instance could show it. */
const reasons = /^(?:value set (?:not|in part) at hand|any code is in the set|a target profile is in no package|tells an optional slice apart)/;
const figures: string[] = [];
const used = new Set<string>();

/** Each constraint proved by an accepted and a refused instance, or left out for a reason that is listed. */
function holds(name: string, rows: readonly Covered[], least: number): void {
  const proved = rows.filter(({ result }) => result === 'proved').length;
  const left = rows.filter((row) => row.result !== 'proved');
  for (const one of exceptions) if (left.some((row) => one.profile.test(row.profile) && one.element.test(row.element))) used.add(one.why);
  figures.push(`${name}: ${String(proved)} of ${String(rows.length)} constraints proved (${(100 * proved / rows.length).toFixed(1)} %), ${String(left.filter(({ result }) => result === 'excluded').length)} not to be shown, ${String(left.filter((row) => row.result !== 'excluded').length)} excepted`);
  expect(left.filter((row) => row.result === 'excluded' ? !reasons.test(row.note) : !excused(row))).toEqual([]);
  expect(proved / rows.length).toBeGreaterThanOrEqual(least);
  expect(proved).toBeGreaterThan(2000);
}

afterAll(() => { process.stdout.write(`${figures.join('\n')}\n`); });

describe('constraint coverage', () => {
  test('of our own profiles', () => {
    holds('our profiles', covered(openPackage(join(import.meta.dirname, '..', '..', 'profiles', 'package'))), 0.75);
  }, 120_000);
});

whenShared('constraint coverage of FR Core', () => {
  test.each(['2.0.1', '2.1.0', '2.2.0'])('%s', (version) => {
    holds(`FR Core ${version}`, covered(guide(`hl7.fhir.fr.core-${version}.tgz`)), 0.95);
  }, 120_000);

  test('every exception is one', () => {
    expect(exceptions.map(({ why }) => why).filter((why) => !used.has(why))).toEqual([]);
  });
});
