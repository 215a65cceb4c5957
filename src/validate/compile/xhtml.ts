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
    // txt-1 is about the elements and attributes; the rest is XML that no reader could take.
    if (problem !== undefined) run.report(profileRules.xhtml, [problem.fr, problem.en], undefined, 'error', problem.kind === 'element' || problem.kind === 'attribute' ? 'txt-1' : `xhtml-${problem.kind}`);
  };
}
