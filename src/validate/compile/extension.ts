import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { StructureDefinition } from '../registry/definition.ts';
import type { Structure } from '../registry/structures.ts';
import type { Build } from './build.ts';
import { allOf, isObject, passes, type Check } from './check.ts';
import { constraintsCheck } from './constraint.ts';
import { contextTest } from './extension-context.ts';
import { hostOf, type Host } from './host.ts';
import { objectCheck } from './object.ts';
import type { ElementPlan, TypePlan } from './plan.ts';

/**
 * An extension: against the definition its slice or its url names, in the context that definition allows, modifier
 * or not (extensibility.html). One without a known definition is treated as `unknownExtensions` says.
 */
export function extensionCheck(plan: ElementPlan, type: TypePlan | undefined, build: Build, host: Host): Check {
  const modifier = plan.name === 'modifierExtension';
  const named = (type?.profiles ?? []).flatMap(canonical => build.compiler.structures.find(canonical, build.structure.pack) ?? []);
  const [definition] = named;
  if (definition !== undefined) return known(definition, build, host, modifier, inlineCheck(plan, build, definition));
  // A slice whose url is stated in place is a sub-extension: its definition is this one.
  if (plan.children?.some(child => child.name === 'url' && child.fixed !== undefined) === true) return inlineCheck(plan, build) ?? passes;
  return byUrl(build, host, modifier);
}

/**
 * What the profile states of the extension in place, which holds all its definition states and more (a binding, a
 * minimum deep inside): it is checked instead, with the definition's own invariants.
 */
function inlineCheck(plan: ElementPlan, build: Build, definition?: Structure): Check | undefined {
  if (plan.children === undefined) return undefined;
  const host = hostOf(plan, 'Extension', build);
  const content = objectCheck(plan.children, build, { kind: 'element', host: { ...host, insideKnownExtension: definition !== undefined || host.insideKnownExtension } });
  const constraints = definition === undefined ? [] : build.compiler.structures.tree(definition)?.def.constraint ?? [];
  return allOf([content, constraintsCheck(constraints, () => build.compiler.model.type('Extension'), build)]);
}

function known(definition: Structure, build: Build, host: Host, modifier: boolean, inline?: Check): Check {
  const check = inline ?? build.compiler.profile(definition);
  const place = placement(definition, build, host, modifier);
  return (value, run) => {
    place(value, run);
    check(value, run);
  };
}

function byUrl(build: Build, host: Host, modifier: boolean): Check {
  const { compiler } = build;
  const checks = new Map<string, Check>();
  return (value, run) => {
    const url = isObject(value) ? value.url : undefined;
    if (typeof url !== 'string' || url === '') {
      compiler.type('Extension')(value, run);
      return;
    }
    let check = checks.get(url);
    if (check === undefined) {
      check = checkOf(url, build, host, modifier);
      if (checks.size < 1000) checks.set(url, check);
    }
    check(value, run);
  };
}

function checkOf(url: string, build: Build, host: Host, modifier: boolean): Check {
  const { compiler, structure } = build;
  const definition = compiler.structures.find(url, structure.pack);
  if (definition?.definition.type === 'Extension') return known(definition, build, host, modifier);
  const base = compiler.type('Extension');
  const shown = /^[\w:/.#|~-]{1,256}$/.test(url) ? url : '…';
  return (value, run) => {
    unknownExtension(shown, url, run, host, modifier);
    base(value, run);
  };
}

function unknownExtension(shown: string, url: string, run: Run, host: Host, modifier: boolean): void {
  const absolute = /^[a-zA-Z][\w+.-]*:/.test(url);
  if (!absolute) {
    if (host.insideKnownExtension) run.report(profileRules.extensionNotInParent, [shown]);
    else if (!host.names.includes('Extension')) run.report(profileRules.extensionUrl, []);
    return;
  }
  // Elements of other FHIR versions, as extensions (versions.html#extensions): known by construction.
  if (/^http:\/\/hl7\.org\/fhir\/[1-6]\.[0-9]\/StructureDefinition\/extension-/.test(url)) return;
  if (modifier) run.report(profileRules.modifierUnknown, [shown]);
  else if (run.options.unknownExtensions !== 'ignore') run.report(profileRules.extensionUnknown, [shown], undefined, run.options.unknownExtensions);
}

function placement(definition: Structure, build: Build, host: Host, modifier: boolean): Check {
  const { url } = definition.definition;
  // Later extension packs move contexts about; what any version at hand allows is allowed.
  const context = build.compiler.structures.registry.all('StructureDefinition', url).flatMap(found => (found.definition as StructureDefinition).context ?? []);
  const isModifier = build.compiler.structures.tree(definition)?.def.isModifier === true;
  const allowed = [...new Set(context.map(one => one.expression))].join(', ');
  const allows = contextTest(context, host);
  return (_value, run) => {
    if (isModifier && !modifier) run.report(profileRules.extensionModifier, [url], definition.label);
    if (!isModifier && modifier) run.report(profileRules.extensionNotModifier, [url], definition.label);
    if (context.length > 0 && !allows(run)) run.report(profileRules.extensionContext, [url, allowed], definition.label);
  };
}
