import type { Mail } from './mail.ts';
import { encodingRules } from './rules-encoding.ts';
import { headerRules } from './rules-header.ts';
import { patientRules } from './rules-patient.ts';
import { pdfRules } from './rules-pdf.ts';
import { subjectRules } from './rules-subject.ts';
import { transportRules } from './rules-transport.ts';
import { xdmRules } from './rules-xdm.ts';
import type { Broken, Rule } from './rule.ts';

/** Every rule of the simulated operator and receiver, in the order of the report. */
export const rules: readonly Rule[] = [...transportRules, ...headerRules, ...encodingRules, ...subjectRules, ...xdmRules, ...patientRules, ...pdfRules];

/** What one rule says of one mail. */
export interface Verdict { readonly rule: Rule; readonly state: 'kept' | 'broken' | 'aside'; readonly places: readonly Broken[] }

export const judge = (mail: Mail): readonly Verdict[] => rules.map((rule) => {
  const places = rule.check(mail);
  return { rule, places: places ?? [], state: places === null ? 'aside' : places.length > 0 ? 'broken' : 'kept' };
});

/** Names of the rules broken that count; warnings do not. */
export const failed = (verdicts: readonly Verdict[]): string[] => verdicts.filter(({ state, rule }) => state === 'broken' && rule.severity === 'error').map(({ rule }) => rule.id);
