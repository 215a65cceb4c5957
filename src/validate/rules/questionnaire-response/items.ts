import type { Compiler } from '../../compile/compiler.ts';
import type { Run } from '../../run/run.ts';
import { indexed, objects, reportAt, text, type Json, extensionValue } from '../resource-rule.ts';
import { checkAnswers } from './answers.ts';
import { isEnabled } from './enable-when.ts';
import { responseRules } from './texts.ts';

export interface Asking {
  readonly run: Run;
  readonly compiler: Compiler;
  readonly questionnaire: Json;
  readonly response: Json;
  /** Required questions count only when the response is finished. */
  readonly complete: boolean;
}

type Place = readonly (string | number)[];
type Placed = readonly [place: Place, item: Json];

/** The items of one level against the questions of that level. */
export function checkItems(questions: readonly Json[], holder: Json, at: Place, asking: Asking, depth: number): void {
  if (depth > 50) return;
  const given = new Map<string, Placed[]>();
  let last = -1;
  for (const [index, item] of indexed(holder.item)) {
    const linkId = text(item.linkId) ?? '';
    const place = [...at, 'item', index];
    const rank = questions.findIndex(question => question.linkId === linkId);
    if (rank < 0) unknown(linkId, place, asking);
    else {
      if (rank < last) reportAt(asking.run, place, responseRules.order, [linkId]);
      last = Math.max(last, rank);
      given.set(linkId, [...given.get(linkId) ?? [], [place, item]]);
    }
  }
  for (const question of questions) checkQuestion(question, given.get(text(question.linkId) ?? '') ?? [], at, asking, depth);
}

function unknown(linkId: string, place: Place, { questionnaire, run }: Asking): void {
  reportAt(run, place, isAnywhere(questionnaire, linkId, 0) ? responseRules.misplaced : responseRules.unknownLink, [named(linkId)]);
}

function isAnywhere(holder: Json, linkId: string, depth: number): boolean {
  return depth < 50 && objects(holder.item).some(item => item.linkId === linkId || isAnywhere(item, linkId, depth + 1));
}

function checkQuestion(question: Json, given: readonly Placed[], at: Place, asking: Asking, depth: number): void {
  const { run, complete } = asking;
  const linkId = named(text(question.linkId) ?? '');
  const { type } = question;
  const [first] = given;
  const enabled = isEnabled(question, asking.response);
  if (first === undefined) {
    if (question.required === true && complete && enabled && type !== 'display') reportAt(run, at, responseRules.required, [linkId]);
    return;
  }
  if (!enabled && given.some(([, item]) => isAnswered(item))) reportAt(run, first[0], responseRules.disabled, [linkId]);
  if (given.length > 1 && !(type === 'group' && question.repeats === true)) reportAt(run, given[1]?.[0] ?? at, responseRules.once, [linkId]);
  for (const [place, item] of given) checkItem(question, item, place, asking, depth, linkId);
}

function checkItem(question: Json, item: Json, place: Place, asking: Asking, depth: number, linkId: string): void {
  const { run, complete } = asking;
  const { type } = question;
  const asked = text(question.text);
  if (asked !== undefined && text(item.text) !== undefined && item.text !== asked) reportAt(run, place, responseRules.text, [linkId]);
  if (type === 'display') {
    if (item.answer !== undefined || item.item !== undefined) reportAt(run, place, responseRules.displayAnswer, [linkId]);
  } else if (type === 'group') {
    if (item.answer !== undefined) reportAt(run, place, responseRules.groupAnswer, [linkId]);
    else if (item.item === undefined && question.required === true && complete) reportAt(run, place, responseRules.emptyGroup, [linkId]);
    if (item.item !== undefined) checkItems(objects(question.item), item, place, asking, depth + 1);
  } else {
    const answers = indexed(item.answer);
    if (answers.length === 0 && question.required === true && complete) reportAt(run, place, responseRules.required, [linkId]);
    occurrences(question, answers.length, place, run, linkId);
    checkAnswers(question, answers, place, asking);
    for (const [index, answer] of answers) checkItems(objects(question.item), answer, [...place, 'answer', index], asking, depth + 1);
  }
}

const base = 'http://hl7.org/fhir/StructureDefinition/questionnaire-';

function occurrences(question: Json, count: number, place: Place, run: Run, linkId: string): void {
  const minimum = extensionValue(question, `${base}minOccurs`);
  const maximum = extensionValue(question, `${base}maxOccurs`);
  if (typeof minimum === 'number' && count > 0 && count < minimum) reportAt(run, place, responseRules.minOccurs, [linkId, String(minimum), String(count)]);
  if (typeof maximum === 'number' && count > maximum) reportAt(run, place, responseRules.maxOccurs, [linkId, String(maximum), String(count)]);
  if (question.repeats !== true && typeof maximum !== 'number' && count > 1) reportAt(run, place, responseRules.oneAnswer, [linkId]);
}

function isAnswered(item: Json): boolean {
  return objects(item.answer).length > 0 || objects(item.item).some(isAnswered);
}

function named(linkId: string): string {
  return /^[\w./:-]{1,64}$/.test(linkId) ? linkId : '…';
}
