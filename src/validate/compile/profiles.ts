import { profileRules } from '../run/profile-rules.ts';
import type { Build } from './build.ts';
import { passes, type Check } from './check.ts';
import { isPrimitive } from './primitive.ts';
import type { TypePlan } from './plan.ts';

/** The profiles an element's type names: the only one, or any of several. Extensions and resources see to their own. */
export function profilesCheck(type: TypePlan | undefined, build: Build): Check {
  const { compiler, structure } = build;
  if (type === undefined || type.profiles.length === 0 || type.code === 'Extension' || compiler.isResource(type.code) || isPrimitive(type.code)) return passes;
  const checks: Check[] = [];
  for (const canonical of type.profiles) {
    const profile = compiler.structures.find(canonical, structure.pack);
    if (profile === undefined) return (_value, run) => run.report(profileRules.profileUnknown, [canonical], structure.label, 'warning');
    checks.push(compiler.profile(profile));
  }
  const [only] = checks;
  if (only === undefined || checks.length === 1) return only ?? passes;
  const names = type.profiles.join(', ');
  return (value, run) => {
    if (!checks.some(check => run.probe(() => check(value, run)))) run.report(profileRules.profileMismatch, [names], structure.label);
  };
}
