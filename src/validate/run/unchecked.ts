import type { Unchecked } from './issue.ts';
import { profileRules } from './profile-rules.ts';
import type { Language } from './outcome.ts';
import type { Run } from './run.ts';
import { sentence } from './rule.ts';

const none: readonly Unchecked[] = [];

/** The bindings that could not be checked: said once each as information, and listed apart. */
export function uncheckedIssues(run: Run, language: Language): readonly Unchecked[] {
  if (run.unchecked === undefined) return none;
  const { adviceFr = '', adviceEn = '' } = profileRules.bindingUnchecked;
  const list: Unchecked[] = [];
  for (const [valueSet, path] of run.unchecked) {
    run.issues.push({ rule: profileRules.bindingUnchecked, severity: 'information', args: [valueSet], id: profileRules.bindingUnchecked.id, profile: undefined, place: { expression: path, path: [] } });
    list.push({ valueSet, path, advice: sentence(language === 'fr' ? adviceFr : adviceEn, [valueSet]) });
  }
  return list;
}
