import type { ElementBinding } from '../registry/definition.ts';
import { profileRules } from '../run/profile-rules.ts';
import type { Run } from '../run/run.ts';
import type { CodeSet, Membership } from '../terminology/code-set.ts';
import type { Build } from './build.ts';
import { isObject, passes, type Accepts, type Check } from './check.ts';

/** Required and extensible bindings (terminologies.html#strength); the maximum value set of a weaker one is required. */
export function bindingCheck(binding: ElementBinding, code: string, choice: boolean, build: Build): Check {
  const asked = askedSet(binding);
  return asked === undefined ? passes : memberCheck(asked.canonical, asked.strength, code, choice, build);
}

function askedSet({ strength, valueSet, maxValueSet }: ElementBinding): { canonical: string; strength: 'required' | 'extensible' } | undefined {
  if (maxValueSet !== undefined && strength !== 'required') return { canonical: maxValueSet, strength: 'required' };
  return valueSet === undefined || (strength !== 'required' && strength !== 'extensible') ? undefined : { canonical: valueSet, strength };
}

/** The short-cut of `bindingCheck` for a primitive; undefined when the binding asks nothing of it. */
export function bindingAccepts(binding: ElementBinding, code: string, build: Build): Accepts | undefined {
  const asked = askedSet(binding);
  if (asked === undefined || judges[code] === undefined) return undefined;
  let codes: CodeSet | null | undefined;
  return value => {
    if (codes === undefined) codes = build.compiler.terminology.valueSet(asked.canonical, build.structure.pack) ?? null;
    return codes !== null && typeof value === 'string' && codes.holds(value);
  };
}

interface Bound { readonly canonical: string; readonly required: boolean; readonly profile: string; readonly codes: CodeSet }

function memberCheck(canonical: string, strength: 'required' | 'extensible', code: string, choice: boolean, build: Build): Check {
  const judge = judges[code] ?? (code.endsWith('Quantity') ? judges.Quantity : undefined);
  if (judge === undefined) return passes;
  let looked = false;
  let apart = false;
  let bound: Bound | undefined;
  return (value, run) => {
    if (value === undefined || value === null) return;
    if (!looked) {
      looked = true;
      const codes = build.compiler.terminology.valueSet(canonical, build.structure.pack);
      // On a choice, units bind the Quantity (core vitalsigns, component.value[x]), not a coded value.
      apart = choice && code !== 'Quantity' && codes?.onlyUnits === true;
      bound = codes === undefined ? undefined : { canonical, required: strength === 'required', profile: build.structure.label, codes };
    }
    if (bound === undefined) unchecked(canonical, run);
    else if (!apart) judge(value, run, bound);
  };
}

function unchecked(canonical: string, run: Run): void {
  run.notChecked(canonical);
}

const judges: Readonly<Record<string, (value: unknown, run: Run, bound: Bound) => void>> = {
  code: judgeText, string: judgeText, uri: judgeText, url: judgeText, canonical: judgeText, markdown: judgeText, id: judgeText,
  Coding: (value, run, bound) => isObject(value) ? judgeCodings([value], value, run, bound) : undefined,
  CodeableConcept: (value, run, bound) => isObject(value) ? judgeCodings(Array.isArray(value.coding) ? value.coding : [], value, run, bound) : undefined,
  Quantity: (value, run, bound) => isObject(value) && value.code !== undefined ? judgeCodings([value], value, run, bound) : undefined,
};

function judgeText(value: unknown, run: Run, bound: Bound): void {
  if (typeof value !== 'string' || value === '') return;
  const found = bound.codes.has(undefined, value);
  if (found === 'unknown') unchecked(bound.canonical, run);
  else if (found === 'out') refuse(value, run, bound);
}

function judgeCodings(codings: readonly unknown[], holder: Readonly<Record<string, unknown>>, run: Run, bound: Bound): void {
  let best: Membership = 'out';
  let stated: string | undefined;
  for (const coding of codings) {
    if (!isObject(coding) || typeof coding.code !== 'string') continue;
    const { code, system } = coding;
    stated ??= code;
    const found = bound.codes.has(typeof system === 'string' ? system : '', code);
    if (found === 'in') return;
    if (found === 'unknown') best = 'unknown';
  }
  if (best === 'unknown') unchecked(bound.canonical, run);
  else if (stated !== undefined) refuse(stated, run, bound);
  else if (bound.required && holder.extension === undefined) run.report(profileRules.bindingMissing, [bound.codes.label], bound.profile);
}

function refuse(code: string, run: Run, bound: Bound): void {
  const { label } = bound.codes;
  if (!bound.required) {
    run.report(profileRules.bindingExtensible, [label], bound.profile);
    return;
  }
  const close = run.silent ? undefined : bound.codes.nearest(code);
  run.report(profileRules.bindingRequired, [label, ...hint(close)], bound.profile);
}

export function hint(close: string | undefined): [string, string] {
  return close === undefined ? ['', ''] : [`Vouliez-vous dire « ${close} » ?`, `Did you mean "${close}"?`];
}
