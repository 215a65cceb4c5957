import { openValidator, type ValidatorSettings } from '../compose/validator.ts';
import type { OutcomeIssue } from '../validate/run/outcome.ts';
import type { ValidationResult, Validator } from '../validate/validator.ts';
import { readInput } from './inputs.ts';
import type { Output } from './output.ts';

export interface ValidateOptions extends Omit<ValidatorSettings, 'language'> { readonly profiles: readonly string[] }

const marks: Readonly<Record<string, string>> = { fatal: '✗', error: '✗', warning: '!', information: 'i' };

/** `12:5`: line and column, where the text told them. */
function placeOf({ extension = [] }: OutcomeIssue): string {
  const told = (end: string): number | undefined => extension.flatMap((one) => (one.url.endsWith(`issue-${end}`) && 'valueInteger' in one ? [one.valueInteger] : []))[0];
  const line = told('line'), column = told('col');
  return line === undefined || column === undefined ? '' : `${line}:${column} `;
}

function print(file: string, { valid, outcome, unchecked }: ValidationResult, output: Output): void {
  output.line(`${file} : ${valid ? output.words('conforme', 'valid') : output.words('non conforme', 'not valid')}`);
  for (const issue of outcome.issue) {
    const { severity, expression, details, diagnostics } = issue;
    const where = `${placeOf(issue)}${expression?.[0] ?? ''}`;
    output.line(`  ${marks[severity] ?? ' '} ${where === '' ? '' : `${where} : `}${details.text}`);
    if (diagnostics !== undefined && diagnostics !== '') output.line(`      → ${diagnostics}`);
  }
  for (const one of unchecked) output.line(`  ? ${one.path} : ${one.advice}`);
}

/** What stands for a file that cannot be read: an outcome like the others. */
const unreadable = (problem: string): Pick<ValidationResult, 'valid' | 'outcome' | 'unchecked'> => ({
  valid: false, unchecked: [], outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'not-found', details: { text: problem } }] } as ValidationResult['outcome'],
});

/** `validate FILE…`: exit 0 when all are valid, 1 when some are not. */
export function validate(files: readonly string[], options: ValidateOptions, output: Output): number {
  const validator: Validator = openValidator({ ...options, language: output.language });
  let exit = 0;
  for (const file of files) {
    const input = readInput(file, (fr, en) => output.words(fr, en));
    const result = 'problem' in input ? unreadable(input.problem)
      : validator.validate(new TextDecoder('utf-8', { ignoreBOM: true }).decode(input.bytes), { profiles: options.profiles, now: new Date().toISOString() });
    if (!result.valid) exit = 1;
    output.record({ file, valid: result.valid, outcome: result.outcome, unchecked: result.unchecked });
    print(file, result, output);
  }
  return exit;
}
