import { matcher } from '../../fhirpath/functions/regex.ts';
import { FhirPathError } from '../../fhirpath/ast.ts';
import type { Rule } from '../../run/rule.ts';
import { extensionValue, extensionValues, isObject, reportAt, text, type Json } from '../resource-rule.ts';
import { referencedType } from './answers.ts';
import { compare } from './enable-when.ts';
import type { Asking } from './items.ts';
import { responseRules } from './texts.ts';

const core = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

interface Given { readonly type: string; readonly value: unknown }
type Report = (problem: Rule, args?: readonly string[]) => void;

/** The limits the extensions of a question set on each answer (R4 questionnaire-profiles.html, SDC). */
export function checkLimits(question: Json, given: Given, place: readonly (string | number)[], asking: Asking): void {
  const report: Report = (problem, args = []) => reportAt(asking.run, place, problem, args);
  const { value } = given;
  if (typeof value === 'string' && given.type === 'String') lengths(question, value, report);
  if (typeof value === 'number') decimals(question, value, report);
  if (given.type === 'Quantity') quantities(question, value, report, asking);
  else range(question, value, report);
  if (given.type === 'Attachment') attachment(question, value, report);
  if (given.type === 'Reference') reference(question, value, report);
}

function lengths(question: Json, value: string, report: Report): void {
  const { maxLength } = question;
  const minLength = extensionValue(question, `${core}minLength`);
  const regex = extensionValue(question, `${core}regex`);
  if (typeof maxLength === 'number' && value.length > maxLength) report(responseRules.maxLength, [String(maxLength)]);
  if (typeof minLength === 'number' && value.length < minLength) report(responseRules.minLength, [String(minLength)]);
  if (typeof regex === 'string' && !matches(regex, value)) report(responseRules.pattern);
}

function matches(regex: string, value: string): boolean {
  try {
    return matcher(regex, true)(value);
  } catch (error) {
    if (error instanceof FhirPathError) return true; // a pattern we will not run cannot refuse anyone
    throw error;
  }
}

function decimals(question: Json, value: number, report: Report): void {
  const places = extensionValue(question, `${core}maxDecimalPlaces`);
  const written = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  if (typeof places === 'number' && written > places) report(responseRules.decimals, [String(places)]);
}

function range(question: Json, value: unknown, report: Report): void {
  const minimum = extensionValue(question, `${core}minValue`);
  const maximum = extensionValue(question, `${core}maxValue`);
  if (minimum !== undefined && (compare(value, minimum) ?? 0) < 0) report(responseRules.minimum, [shown(minimum)]);
  if (maximum !== undefined && !within(value, maximum)) report(responseRules.maximum, [shown(maximum)]);
}

/** `2022-06-30` is beyond a maximum of `2022-06` for the reference validator: a limit is its first instant. */
function within(value: unknown, maximum: unknown): boolean {
  const order = compare(value, maximum);
  if (order !== undefined) return order <= 0;
  return !(typeof value === 'string' && typeof maximum === 'string' && value > maximum);
}

function quantities(question: Json, value: unknown, report: Report, { run, compiler }: Asking): void {
  for (const [suffix, sign, problem] of [['min', -1, responseRules.minimum], ['max', 1, responseRules.maximum]] as const) {
    const limit = extensionValue(question, `${sdc}${suffix}Quantity`) ?? extensionValue(question, `${core}questionnaire-${suffix}Quantity`) ?? extensionValue(question, `${core}${suffix}Value`);
    if (!isObject(limit) || !isObject(value)) continue;
    const formal = text(limit.system) !== undefined && limit.system === value.system && text(limit.code) !== undefined && text(value.code) !== undefined;
    const order = formal ? compare(value, limit) : undefined;
    if (order === undefined) report(responseRules.noFormalUnit, [shown(limit.value)]);
    else if (order * sign > 0) report(problem, [shown(limit.value)]);
  }
  const valueSet = text(extensionValue(question, `${core}questionnaire-unitValueSet`));
  const code = isObject(value) ? text(value.code) : undefined;
  if (valueSet !== undefined && code !== undefined && isObject(value)) {
    const found = compiler.terminology.valueSet(valueSet)?.has(text(value.system) ?? '', code) ?? 'unknown';
    if (found === 'unknown') run.notChecked(valueSet);
    else if (found === 'out') report(responseRules.unit);
  }
  const units = extensionValues(question, `${core}questionnaire-unitOption`).filter(isObject);
  if (units.length > 0 && isObject(value) && !units.some(unit => unit.code === value.code && unit.system === value.system)) report(responseRules.unit);
}

function attachment(question: Json, value: unknown, report: Report): void {
  if (!isObject(value)) return;
  const allowed = extensionValues(question, `${core}mimeType`).filter(one => typeof one === 'string');
  const maxSize = extensionValue(question, `${core}maxSize`);
  const type = text(value.contentType);
  if (allowed.length > 0 && (type === undefined || !allowed.includes(type))) report(responseRules.mimeType, [allowed.join(', ')]);
  const { size } = value;
  if (typeof maxSize === 'number' && typeof size === 'number' && size > maxSize * 1024 * 1024) report(responseRules.maxSize, [String(maxSize)]);
}

function reference(question: Json, value: unknown, report: Report): void {
  const allowed = extensionValues(question, `${core}questionnaire-referenceResource`).filter(one => typeof one === 'string');
  const type = referencedType(value);
  if (allowed.length > 0 && type !== undefined && !allowed.includes(type)) report(responseRules.referenceType, [allowed.join(', ')]);
}

function shown(limit: unknown): string {
  return typeof limit === 'number' || typeof limit === 'string' ? String(limit) : '';
}
