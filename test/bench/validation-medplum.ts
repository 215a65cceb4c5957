import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { readTar } from '../../src/packages/tar.ts';
import { compare, type ValidationLine } from './validation-compare.ts';
import { instances } from './validation-instances.ts';

type Template = Record<string, unknown>;
export type MedplumProfile = StructureDefinition;
type Definitions = Parameters<typeof indexStructureDefinitionBundle>[0];

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')) as unknown;
/** It works its profile out again at each call: fewer instances take as long. */
const fewer = 100;

function refusal(resource: Resource, profile?: StructureDefinition): string | null {
  try { validateResource(resource, profile === undefined ? {} : { profile }); return null; } catch (error) { return error instanceof Error ? error.message : 'unknown'; }
}

/** Its verdicts are counted, not asked for: where they are wrong, or it cannot load the profile, the note says so in its own words. */
function line(name: string, resource: Template, count: number, profile?: StructureDefinition): ValidationLine {
  const all = instances(resource, count);
  const texts = all.map(({ text }) => text);
  const parsed = texts.map((text) => JSON.parse(text) as Resource);
  const said = parsed.map((one) => refusal(one, profile));
  const wrongly = said.filter((one, i) => one !== null && all[i]?.broken === false);
  const accepted = said.filter((one, i) => one === null && all[i]?.broken === true).length;
  const valid = all.filter(({ broken }) => !broken).length;
  const note = `refuses ${wrongly.length} of ${valid} valid, accepts ${accepted} of ${count - valid} broken${typeof wrongly[0] === 'string' ? ` (“${wrongly[0].slice(0, 100)}…”)` : ''}`;
  return { ...compare(`@medplum/core, ${name}`, texts, () => { for (const one of parsed) refusal(one, profile); }, 2), note };
}

/**
 * For scale, without terminology and without most invariants: the base type, then the profiles of our own lines. It makes
 * no snapshot of a differential, so our profiles come with ours.
 */
export function medplumLines(base: Template, french: { readonly archive: string; readonly examples: readonly (readonly [name: string, resource: Template])[] } | null, ours: readonly (readonly [name: string, profile: StructureDefinition, resource: Template])[]): ValidationLine[] {
  const folder = join(root, 'node_modules', '@medplum', 'definitions', 'dist', 'fhir', 'r4');
  for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(read(join(folder, `${name}.json`)) as Definitions);
  const profiles = new Map<string, StructureDefinition>();
  if (french !== null) readTar(gunzipSync(readFileSync(french.archive)), ({ name, bytes }) => {
    if (!name.startsWith('package/StructureDefinition-')) return;
    const one = JSON.parse(bytes.toString('utf8')) as StructureDefinition;
    profiles.set(one.url, one);
  });
  indexStructureDefinitionBundle([...profiles.values()]);
  return [
    line('base Observation alone', base, 2000),
    ...(french?.examples ?? []).map(([name, resource]) => line(name, resource, fewer, profiles.get((resource.meta as { profile: string[] }).profile[0] ?? ''))),
    ...ours.map(([name, profile, resource]) => line(name, resource, fewer, profile)),
  ];
}
