import type { Run } from '../../run/run.ts';
import { choiceValue, isObject, reportAt, text, type Json } from '../resource-rule.ts';
import type { Asking } from './items.ts';
import { checkLimits } from './limits.ts';
import { checkOptions } from './options.ts';
import { responseRules } from './texts.ts';

/** Question type → the value types an answer may have (questionnaire.html, item-type). */
const valueTypes: Readonly<Record<string, readonly string[]>> = {
  boolean: ['Boolean'], decimal: ['Decimal', 'Integer'], integer: ['Integer'], date: ['Date'], dateTime: ['DateTime', 'Date'], time: ['Time'],
  string: ['String'], text: ['String'], url: ['Uri'], choice: ['Coding', 'Date', 'Time', 'Integer', 'String'],
  'open-choice': ['Coding', 'Date', 'Time', 'Integer', 'String'], attachment: ['Attachment'], reference: ['Reference'], quantity: ['Quantity'],
};

type Place = readonly (string | number)[];

/** The answers to one question: their type, then options and limits. */
export function checkAnswers(question: Json, answers: readonly (readonly [number, Json])[], at: Place, asking: Asking): void {
  const { run } = asking;
  const type = text(question.type) ?? '';
  const allowed = valueTypes[type];
  for (const [index, answer] of answers) {
    const value = choiceValue(answer);
    const place = [...at, 'answer', index];
    if (value === undefined) {
      if (answer.extension === undefined) missing(answer, question, place, run);
      continue;
    }
    const here = [...place, value.key];
    if (allowed !== undefined && !allowed.includes(value.type)) {
      reportAt(run, here, responseRules.type, [type, value.type]);
      continue;
    }
    checkLimits(question, value, here, asking);
  }
  checkOptions(question, answers, at, asking);
}

function missing(answer: Json, question: Json, place: Place, run: Run): void {
  if (Object.keys(answer).length > 0) reportAt(run, place, responseRules.noValue, [text(question.linkId) ?? '']);
}

export function referencedType(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const literal = /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(text(value.reference) ?? '');
  return literal?.[1] ?? text(value.type);
}
