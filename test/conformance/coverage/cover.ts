import type { Build } from '../../../src/validate/compile/build.ts';
import type { ElementPlan } from '../../../src/validate/compile/plan.ts';
import { coreBase } from '../../../src/validate/registry/type-code.ts';
import type { Validator } from '../../../src/validate/validator.ts';
import { datatypeHost, extensionHost, type Host } from './hosts.ts';
import { Instance, type Chain } from './instance.ts';
import { breaks, invariantMutant } from './invariants.ts';
import type { Expected } from './mutant.ts';
import { changed, valueAt, type Json, type Place } from './place.ts';
import { sitesOf } from './sites.ts';
import { forbiddenMutant, structuralMutants, type Control } from './structural.ts';

/** What became of one constraint: proved, or why not. */
export interface Covered { readonly profile: string; readonly element: string; readonly constraint: string; readonly result: 'proved' | 'excluded' | 'control' | 'missed'; readonly note: string }

/** Puts every constraint of a profile to the test: an instance accepted, and the same one broken, refused at its place. */
export function* cover(validator: Validator, build: Build): Generator<Covered> {
  const { definition, url } = build.structure;
  const host = hostOf(validator, build);
  const profiles = host === undefined ? [build.structure.label] : host.profile === undefined ? [] : [String(host.profile.url)];
  const issues = (resource: Json): { id: string; at: string; severity: string }[] => validator.validate(resource, { profiles }).outcome.issue
    .map(({ details, expression, severity }) => ({ id: details.coding[0]?.code ?? '', at: expression?.[0] ?? '', severity }));
  const errors = (resource: Json): string => [...new Set(issues(resource).filter(({ severity }) => severity === 'error').map(({ id, at }) => `${id}@${at}`))].join(' ');
  const made = (target: ElementPlan, chain: Chain): Control => {
    const instance = new Instance(target);
    const resource = instance.resource(build, chain);
    // app-4: a reason for a cancellation that did not take place is a mistake.
    if (resource.cancelationReason !== undefined) resource.status = 'cancelled';
    return hosted(host, { resource, place: instance.found ?? { path: [], expression: '' }, trail: instance.trail }, definition.type);
  };
  for (const site of sitesOf(build)) {
    const row = (constraint: string, result: Covered['result'], note = ''): Covered => ({ profile: url, element: site.plan.id, constraint, result, note });
    if (site.plan.max === 0) {
      const { control, resource, expected, constraint } = forbiddenMutant(site, build);
      const inHost = (one: Json): Json => hosted(host, { resource: one, place: { path: [], expression: definition.type }, trail: new Map() }, definition.type).resource;
      const refused = errors(inHost(control));
      const moved = expected.map(({ ids, at }) => ({ ids, at: shifted(host, at, definition.type) }));
      yield refused === '' ? judged(row, constraint, issues(inHost(resource ?? {})), moved) : row(constraint, 'control', refused);
      continue;
    }
    const control = made(site.plan, site.chain);
    const refused = errors(control.resource);
    const present = valueAt(control.resource, control.place.path) !== undefined;
    for (const mutant of structuralMutants(site, control, build)) {
      if (mutant.why !== undefined) yield row(mutant.constraint, 'excluded', mutant.why);
      else if (refused !== '' || !present) yield row(mutant.constraint, 'control', refused);
      else {
        const found = judged(row, mutant.constraint, issues(mutant.resource ?? {}), mutant.expected);
        yield found.result === 'missed' && (mutant.apart === true || site.plan.id === 'Extension.url') ? row(mutant.constraint, 'excluded', 'tells an optional slice apart') : found;
      }
    }
    for (const { key, severity } of site.plan.constraints) {
      if (key.startsWith('passerelle-')) continue; // each has its accepted and refused example beside the profiles
      if (key !== 'ele-1' && key !== 'vs-1' && !Object.hasOwn(breaks, key)) yield row(key, 'excluded', 'no way to break it is written');
      else if (refused !== '' || !present) yield row(key, 'control', refused);
      else {
        const broken = key === 'ele-1' ? emptied(control) : invariantMutant(key, control.resource, control.place);
        if (broken !== undefined) yield judged(row, key, issues(broken).filter((one) => severity === 'warning' || one.severity === 'error'), [{ ids: [key], at: control.place.expression }]);
      }
    }
  }
}

function judged(row: (constraint: string, result: Covered['result'], note?: string) => Covered, constraint: string, found: readonly { id: string; at: string }[], expected: readonly Expected[]): Covered {
  const hit = expected.some(({ ids, at }) => found.some((one) => ids.includes(one.id) && one.at === at));
  return hit ? row(constraint, 'proved') : row(constraint, 'missed', `expected ${expected.map(({ ids, at }) => `${ids.join('|')}@${at}`).join(' or ')}, found ${found.map(({ id, at }) => `${id}@${at}`).join(' ')}`);
}

/** Nothing left of an element: an object without content, a primitive without value nor extension. */
function emptied({ resource, place }: Control): Json | undefined {
  const value = valueAt(resource, place.path);
  if (place.path.length === 0) return undefined;
  if (typeof value === 'object') return changed(resource, place.path, {});
  const last = place.path.at(-1);
  if (typeof last === 'number') return undefined;
  return changed(changed(resource, place.path, undefined), [...place.path.slice(0, -1), `_${String(last)}`], {});
}

function hostOf(validator: Validator, { structure }: Build): Host | undefined {
  const { definition } = structure;
  if (definition.kind === 'resource') return undefined;
  return definition.type === 'Extension' ? extensionHost(definition, (type) => minimal(validator, type)) : datatypeHost(definition);
}

function minimal(validator: Validator, type: string): Json {
  const build = validator.compiler.buildOf(coreBase + type, undefined);
  return build === undefined ? { resourceType: type } : new Instance(undefined).resource(build, []);
}

const shifted = (host: Host | undefined, expression: string, type: string): string => (host === undefined ? expression : expression.replace(type, host.place.expression));

function hosted(host: Host | undefined, { resource, place, trail }: Control, type: string): Control {
  if (host === undefined) return { resource, place, trail };
  const { resourceType: _, ...value } = resource;
  const move = (one: Place): Place => ({ path: [...host.place.path, ...one.path], expression: shifted(host, one.expression, type) });
  return { resource: host.around(value), place: move(place), trail: new Map([...trail].map(([plan, one]) => [plan, move(one)])) };
}
