import { finding, type Finding } from '../domain/finding.ts';
import type { OutcomeIssue } from '../validate/run/outcome.ts';
import type { Validator } from '../validate/validator.ts';
import type { EmissionCheck } from './emitted.ts';

export interface EmissionRules {
  readonly destination: string;
  /** `report` only says; `enforce` withholds what does not meet the profiles. */
  readonly mode: 'report' | 'enforce';
  /** Canonicals that every resource of their type must meet: the validator was made with the same ones. */
  readonly profiles: readonly string[];
}

/** A delivery with more than this is wrong as a whole: nobody reads on, and the plan keeps them all. */
const mostFindings = 50;

/**
 * The check of what leaves for a destination. A profile that a resource claims and no package has is told and does not
 * withhold; one that the destination itself pins and that is missing does, for then nothing at all was checked by it.
 */
export function emissionCheck(validator: Validator, { destination, mode, profiles }: EmissionRules): EmissionCheck {
  const missing = profiles.filter((one) => validator.structures.find(one) === undefined);
  return (emitted) => {
    const broken: Finding[] = missing.map((one) => finding('emit.profile-missing', destination, one, destination));
    const told: Finding[] = [];
    for (const { step, resource } of emitted) {
      const { outcome, unchecked } = validator.validate(resource);
      for (const issue of outcome.issue) {
        if (isError(issue)) broken.push(broke(issue, step, destination));
        else if (issue.details.coding[0]?.code === 'meta-profile-unknown') told.push(finding('emit.profile-unknown', place(issue, step), claimed(issue), destination));
      }
      told.push(...unchecked.map((one) => finding('emit.unchecked', `${step} ${one.path}`, one.valueSet, destination)));
    }
    const [first] = broken;
    const withheld = mode === 'report' || first === undefined ? null
      : { code: 'emit.not-conformant' as const, args: [String(broken.length), first.location, first.text] };
    return { findings: [...broken.slice(0, mostFindings), ...told.slice(0, mostFindings)], withheld };
  };
}

const isError = ({ severity }: OutcomeIssue): boolean => severity === 'error' || severity === 'fatal';
const place = ({ expression }: OutcomeIssue, step: string): string => `${step} ${expression?.[0] ?? ''}`.trim();

function broke(issue: OutcomeIssue, step: string, destination: string): Finding {
  const context = issue.extension?.find((one) => one.url.endsWith('operationoutcome-issue-context'));
  const spec = context !== undefined && 'valueString' in context ? context.valueString : '';
  return { ...finding('emit.issue', place(issue, step), issue.details.text, destination), spec };
}

/** The validator names the profile in its text, quoted nowhere else: the sentence itself is carried over. */
const claimed = ({ details }: OutcomeIssue): string => details.text;
