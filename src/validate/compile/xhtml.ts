import { profileRules } from '../run/profile-rules.ts';
import { structureRules } from '../run/structure-rules.ts';
import { xhtmlProblem } from '../run/xhtml.ts';
import type { Build } from './build.ts';
import type { Check } from './check.ts';

/** Narrative.div: a string holding one XHTML div with the elements R4 allows. */
export function xhtmlCheck(_build: Build): Check {
  return (value, run) => {
    if (value === undefined) return;
    if (typeof value !== 'string') {
      run.report(structureRules.jsonType, ['xhtml', 'string']);
      return;
    }
    const problem = xhtmlProblem(value);
    if (problem !== undefined) run.report(profileRules.xhtml, [problem.fr, problem.en], undefined, 'error', `xhtml-${problem.kind}`);
  };
}
