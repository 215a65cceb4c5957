import { choiceValue, extensionValue, isObject, objects, reportAt, text, type Json } from '../resource-rule.ts';
import { deepEqual } from '../../fhirpath/equality.ts';
import type { Asking } from './items.ts';
import { responseRules } from './texts.ts';

const exclusiveUrl = 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive';

/** answerOption and answerValueSet; an open choice may always be answered with text. */
export function checkOptions(question: Json, answers: readonly (readonly [number, Json])[], at: readonly (string | number)[], asking: Asking): void {
  const options = objects(question.answerOption);
  const open = question.type === 'open-choice';
  const exclusive = options.filter(option => extensionValue(option, exclusiveUrl) === true).map(option => choiceValue(option)?.value);
  for (const [index, answer] of answers) {
    const value = choiceValue(answer);
    if (value === undefined) continue;
    const place = [...at, 'answer', index];
    if (options.length > 0 && !options.some(option => fits(value.value, choiceValue(option)?.value)) && !(open && value.type === 'String')) {
      reportAt(asking.run, [...place, value.key], responseRules.option);
    }
    if (answers.length > 1 && exclusive.some(option => fits(value.value, option))) reportAt(asking.run, place, responseRules.exclusive);
    if (value.type === 'Coding') inValueSet(question, value.value, [...place, value.key], asking, open);
  }
}

/** The code and its system are what counts; the option may leave the system out. */
function fits(answer: unknown, option: unknown): boolean {
  if (isObject(answer) && isObject(option)) {
    if (option.code === undefined && option.reference === undefined) return answer.display === option.display;
    if (option.reference !== undefined) return answer.reference === option.reference;
    return answer.code === option.code && (option.system === undefined || answer.system === option.system);
  }
  return deepEqual(answer, option);
}

function inValueSet(question: Json, value: unknown, place: readonly (string | number)[], { run, compiler, questionnaire }: Asking, open: boolean): void {
  const canonical = text(question.answerValueSet);
  if (canonical === undefined || !isObject(value) || canonical.startsWith('#') || questionnaire.resourceType === undefined) return;
  const code = text(value.code);
  const codes = compiler.terminology.valueSet(canonical);
  const found = code === undefined || codes === undefined ? 'unknown' : codes.has(text(value.system) ?? '', code);
  if (found === 'unknown') run.notChecked(canonical);
  else if (found === 'out' && !open) reportAt(run, place, responseRules.valueSet, [canonical]);
}
