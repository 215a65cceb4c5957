/** R4 issue-type codes the validator uses (valueset-issue-type). */
export type IssueType =
  | 'invalid' | 'structure' | 'required' | 'value' | 'invariant' | 'not-found' | 'code-invalid' | 'extension' | 'business-rule'
  | 'forbidden' | 'too-long' | 'too-costly' | 'not-supported' | 'informational' | 'exception' | 'incomplete';

export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/** A thing that can be said of a resource: how grave, which issue-type, and the sentences with `{0}` for what is named. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly code: IssueType;
  readonly fr: string;
  readonly en: string;
  readonly adviceFr?: string;
  readonly adviceEn?: string;
}

export function rule(id: string, severity: Severity, code: IssueType, fr: string, en: string, adviceFr?: string, adviceEn?: string): Rule {
  return { id, severity, code, fr, en, ...(adviceFr === undefined ? {} : { adviceFr }), ...(adviceEn === undefined ? {} : { adviceEn }) };
}

const parts = new Map<string, readonly string[]>();

/** A sentence with its places filled. Values of the resource are never among the arguments, only names and codes. */
export function sentence(template: string, args: readonly string[]): string {
  let between = parts.get(template);
  if (between === undefined) parts.set(template, between = template.split(/\{(\d)\}/)); // templates are the rules' own: some hundreds
  let said = between[0] ?? '';
  for (let i = 1; i < between.length; i += 2) said += (args[Number(between[i])] ?? '') + (between[i + 1] ?? '');
  return said;
}
