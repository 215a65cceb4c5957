import { problemText, type TextProblem } from '../../formats/fhir/problem.ts';
import type { Issue } from './issue.ts';
import { rule } from './rule.ts';

/** What the strict reader found in the text, as issues. Their place is given by line and column. */
export function textIssues(problems: readonly TextProblem[], type: string): { readonly issue: Issue; readonly problem: TextProblem }[] {
  return problems.map(problem => ({
    problem,
    issue: {
      rule: rule(problem.code, problem.severity, 'invalid', problemText(problem, 'fr'), problemText(problem, 'en')),
      severity: problem.severity, args: [], id: problem.code, profile: undefined,
      place: { expression: expression(type, problem.path), path: problem.path },
    },
  }));
}

function expression(type: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`, type);
}
