import { deepEqual } from '../../fhirpath/equality.ts';
import { compareItems } from '../../fhirpath/operators.ts';
import { parseTemporal } from '../../fhirpath/temporal.ts';
import { Quantity, type Item } from '../../fhirpath/item.ts';
import { choiceValue, isObject, objects, text, type Json } from '../resource-rule.ts';

/** Is a question asked, given the answers so far (questionnaire.html#enableWhen)? Without enableWhen, always. */
export function isEnabled(question: Json, response: Json): boolean {
  const conditions = objects(question.enableWhen);
  if (conditions.length === 0) return true;
  const met = (condition: Json): boolean => isMet(condition, response);
  return question.enableBehavior === 'all' ? conditions.every(met) : conditions.some(met);
}

function isMet(condition: Json, response: Json): boolean {
  const answers = answersTo(condition.question, response, 0);
  const expected = choiceValue(condition, 'answer');
  const { operator } = condition;
  if (operator === 'exists') return (answers.length > 0) === (expected?.value === true);
  if (expected === undefined) return false;
  const compared = answers.map(answer => compare(answer, expected.value));
  switch (operator) {
    case '=': return answers.some(answer => same(answer, expected.value));
    case '!=': return answers.length > 0 && !answers.some(answer => same(answer, expected.value));
    case '>': return compared.some(order => order !== undefined && order > 0);
    case '<': return compared.some(order => order !== undefined && order < 0);
    case '>=': return compared.some(order => order !== undefined && order >= 0);
    case '<=': return compared.some(order => order !== undefined && order <= 0);
    default: return true;
  }
}

/** All answers to a question, wherever it stands: a condition may look up and sideways. */
function answersTo(linkId: unknown, holder: Json, depth: number): unknown[] {
  if (depth > 50) return [];
  return objects(holder.item).flatMap(item => {
    const answers = objects(item.answer);
    const own = item.linkId === linkId ? answers.map(answer => choiceValue(answer)?.value) : [];
    return [...own, ...answersTo(linkId, item, depth + 1), ...answers.flatMap(answer => answersTo(linkId, answer, depth + 1))];
  });
}

function same(answer: unknown, expected: unknown): boolean {
  if (!isObject(answer) || !isObject(expected)) return deepEqual(answer, expected);
  if (expected.code !== undefined && expected.value === undefined) return answer.code === expected.code && (expected.system === undefined || answer.system === expected.system);
  return deepEqual(answer, expected);
}

/** Order of two answers; undefined when they have none. */
export function compare(left: unknown, right: unknown): number | undefined {
  const a = itemOf(left);
  const b = itemOf(right);
  if (a === undefined || b === undefined) return undefined;
  try {
    return compareItems(a, b);
  } catch {
    return undefined;
  }
}

function itemOf(value: unknown): Item | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return parseTemporal(value) ?? value;
  if (isObject(value) && typeof value.value === 'number') return new Quantity(value.value, text(value.code) ?? text(value.unit) ?? '1');
  return undefined;
}
