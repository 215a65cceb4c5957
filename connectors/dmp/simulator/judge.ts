import type { Broken, Rule } from './rule.ts';
import type { Received } from './received.ts';
import { rules } from './rules/rules.ts';

export interface Verdict { readonly rule: Rule; readonly status: 'pass' | 'fail' | 'warn' | 'not-applicable'; readonly broken: readonly Broken[] }

/** Every rule on a request. `null` of a check is `not-applicable`. */
export const judge = (received: Received): Verdict[] => rules.map((rule) => {
  const broken = rule.check(received);
  if (broken === null) return { rule, status: 'not-applicable', broken: [] };
  return { rule, status: broken.length === 0 ? 'pass' : rule.severity === 'warn' ? 'warn' : 'fail', broken };
});

const isXds = (code: string): boolean => code.startsWith('XDS') || code === 'InvalidDocumentContent';
/** What a refusal answers: a SOAP fault by the first rule of transport, SOAP, VIHF or rights; otherwise every XDS error. */
export function refusal(verdicts: readonly Verdict[]): { readonly fault: Verdict } | { readonly errors: readonly Verdict[] } | null {
  const failed = verdicts.filter((one) => one.status === 'fail');
  const fault = failed.find((one) => !isXds(one.rule.code));
  if (fault !== undefined) return { fault };
  return failed.length === 0 ? null : { errors: failed };
}
