import { rule } from '../../run/rule.ts';
import { candidatesFor } from '../../run/resolve.ts';
import type { Frame } from '../../run/frame.ts';
import type { Run } from '../../run/run.ts';
import { indexed, isObject, reportAt, text, type Json, type ResourceRule } from '../resource-rule.ts';

const notFound = rule('bundle-reference', 'error', 'invalid', 'La cible de {0} est absente du Bundle', "Can't find the target of {0} in the bundle", 'Joindre la ressource visée, ou corriger la référence selon fullUrl', 'Add the target, or correct the reference to match its fullUrl');
const several = rule('bundle-reference-several', 'error', 'forbidden', 'Plusieurs ressources du Bundle répondent à la référence de {0}', 'Found several matches in the bundle for the reference of {0}', 'Employer une référence versionnée (…/_history/…)', 'Use a version specific reference (…/_history/…)');

/** Paths in a document's Composition that must lead inside the Bundle (documents.html#content). */
const compositionPaths = ['subject', 'encounter', 'author', 'attester.party', 'custodian', 'event.detail'];

/** What a document or message speaks of travels with it. */
export const documentReferences: ResourceRule = {
  id: 'bundle-reference', types: ['Bundle'], source: 'R4 documents.html#content, messaging.html; reference validator', decision: 'adopted',
  why: 'a document is read without the server it came from',
  check: (bundle, run) => {
    const entries = Array.isArray(bundle.entry) ? bundle.entry as unknown[] : [];
    const first = entries[0];
    const resource = isObject(first) ? first.resource : undefined;
    if (!isObject(first) || !isObject(resource)) return;
    const type = text(resource.resourceType) ?? '';
    const paths = bundle.type === 'document' && type === 'Composition' ? compositionPaths : bundle.type === 'message' && type === 'MessageHeader' ? ['focus'] : [];
    const frame: Frame = { resource, type, kind: 'entry', parent: run.frame, fullUrl: text(first.fullUrl) };
    const at = ['entry', 0, 'resource'];
    for (const path of paths) for (const [place, reference] of referencesAt(resource, path.split('.'), at)) judge(reference, place, `${type}.${path}`, frame, run);
    if (type === 'Composition' && paths.length > 0) sections(resource, at, frame, run, 0);
  },
};

function sections(holder: Json, at: readonly (string | number)[], frame: Frame, run: Run, depth: number): void {
  for (const [index, section] of indexed(holder.section)) {
    const place = [...at, 'section', index];
    for (const path of ['entry', 'author', 'focus']) for (const [where, reference] of referencesAt(section, [path], place)) judge(reference, where, `section.${path}`, frame, run);
    if (depth < 20) sections(section, place, frame, run, depth + 1);
  }
}

function judge(reference: string, place: readonly (string | number)[], name: string, frame: Frame, run: Run): void {
  if (reference.startsWith('#')) return;
  const count = candidatesFor(frame, reference, run).length;
  if (count !== 1) reportAt(run, place, count === 0 ? notFound : several, [name]);
}

function referencesAt(holder: Json, path: readonly string[], at: readonly (string | number)[]): (readonly [(string | number)[], string])[] {
  const [name = '', ...rest] = path;
  const value = holder[name];
  const items: (readonly [(string | number)[], unknown])[] = Array.isArray(value) ? value.map((one: unknown, index) => [[...at, name, index], one] as const) : [[[...at, name], value] as const];
  return items.flatMap(([place, one]) => {
    if (!isObject(one)) return [];
    if (rest.length > 0) return referencesAt(one, rest, place);
    const reference = text(one.reference);
    return reference === undefined ? [] : [[place, reference] as const];
  });
}
