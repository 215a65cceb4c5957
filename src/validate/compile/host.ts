import type { Build } from './build.ts';
import type { ElementPlan } from './plan.ts';

/**
 * What an object is called, for the context of the extensions in it: its path in the profile and in the base, its
 * type and that type's ancestors.
 */
export interface Host { readonly names: readonly string[]; readonly insideKnownExtension: boolean }

export function hostOf(plan: ElementPlan, code: string, build: Build): Host {
  const { model } = build.compiler;
  const names = new Set([plan.path, plan.basePath, code, ...model.type(code)?.ancestry ?? []]);
  for (const name of [...names]) if (name.endsWith('[x]')) names.add(name.slice(0, -3));
  if (code !== 'Extension') names.add('Element');
  const { type, url } = build.structure.definition;
  return { names: [...names], insideKnownExtension: type === 'Extension' && url !== 'http://hl7.org/fhir/StructureDefinition/Extension' && code === 'Extension' };
}
