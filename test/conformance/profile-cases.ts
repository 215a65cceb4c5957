import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileDefinition } from '../../profiles/build/profile-rules.ts';

const root = join(import.meta.dirname, '..', '..');

/** One example of `fixtures/fhir/<profile>/<case>/`. */
export interface ProfileCase {
  /** `<profile>/<case>`. */
  readonly name: string;
  readonly text: string;
  /** The same instance in XML, where the case has one. */
  readonly xml: string | undefined;
  readonly expected: {
    /** Canonical of the profile the instance is held to. */
    readonly profile: string;
    readonly valid: boolean;
    /** The one rule the example breaks, as `rulesOf` writes it; words in brackets tell two examples of a rule apart. */
    readonly breaks?: string;
    /** All the errors, and the warnings that must be there. */
    readonly issues: readonly { readonly severity: 'error' | 'warning'; readonly id: string; readonly expression: string }[];
  };
}

export function profileCases(): ProfileCase[] {
  const folder = join(root, 'fixtures', 'fhir');
  return readdirSync(folder).filter(name => name !== 'README.md').sort().flatMap(profile => readdirSync(join(folder, profile)).sort().map(name => ({
    name: `${profile}/${name}`,
    text: readFileSync(join(folder, profile, name, 'in.json'), 'utf8'),
    xml: existsSync(join(folder, profile, name, 'in.xml')) ? readFileSync(join(folder, profile, name, 'in.xml'), 'utf8') : undefined,
    expected: JSON.parse(readFileSync(join(folder, profile, name, 'expected.json'), 'utf8')) as ProfileCase['expected'],
  })));
}

/** Our own profiles as checked in, without the FR Core extensions. */
export function ourProfiles(): ProfileDefinition[] {
  const folder = join(root, 'profiles', 'package');
  return readdirSync(folder).filter(name => name.startsWith('StructureDefinition-passerelle-'))
    .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProfileDefinition);
}
