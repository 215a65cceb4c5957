import { step, type Step } from '../run/place.ts';
import { structureRules } from '../run/structure-rules.ts';
import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import type { Check, Json } from './check.ts';
import type { PropertyCheck } from './dispatch.ts';
import { acceptsProperty } from './accepts.ts';
import { elementCheck } from './element.ts';
import type { Host } from './host.ts';
import type { ElementPlan, TypePlan } from './plan.ts';
import { isPrimitive } from './primitive.ts';
import { slicerOf, type Slicer } from './slicer.ts';

export interface CompiledProperty {
  readonly checks: readonly (readonly [key: string, check: PropertyCheck])[];
  /** What to say when the element is not there; undefined when nothing. */
  readonly absent: ((holder: Json, run: Run) => void) | undefined;
}

/** One element of an object: all the properties it may be written as, cardinality, slices. */
export function propertyCheck(plan: ElementPlan, build: Build, host: Host): CompiledProperty {
  const checks: (readonly [string, PropertyCheck])[] = [];
  const slicer = plan.slices.length === 0 ? undefined : slicerOf(plan, build, host);
  for (const type of variants(plan)) {
    const part: Part = {
      plan, slicer, code: type.code, key: type.key, profile: build.structure.label,
      step: plan.choice ? step(type.key, `${plan.name}.ofType(${type.code})`) : step(plan.name),
      item: elementCheck(plan, type, build, host),
    };
    const primitive = isPrimitive(type.code);
    const whole = plan.array ? manyCheck(part, primitive) : oneCheck(part, primitive);
    const accepts = primitive ? acceptsProperty(plan, type, build) : undefined;
    checks.push([type.key, accepts === undefined ? whole : (value, holder, run) => accepts(value) ? undefined : whole(value, holder, run)]);
    // Beside a value the short-cut took, the `_name` object is met here for the first time.
    if (primitive) checks.push([`_${type.key}`, (_sibling, holder, run) => {
      const value = holder[type.key];
      if (value === undefined || accepts?.(value) === true) whole(value, holder, run);
    }]);
  }
  return { checks, absent: absentCheck(plan, slicer, build) };
}

interface Part {
  readonly plan: ElementPlan;
  readonly slicer: Slicer | undefined;
  readonly code: string;
  readonly key: string;
  readonly step: Step;
  readonly item: Check;
  readonly profile: string;
}

/** The types of a choice each have a property; the types of anything else share one. */
function variants(plan: ElementPlan): TypePlan[] {
  if (plan.choice) return [...plan.types];
  const [first] = plan.types;
  if (first === undefined) return [{ code: 'Element', key: plan.name, profiles: [], targets: [] }];
  const profiles = [...new Set(plan.types.flatMap(type => type.profiles))];
  const targets = [...new Set(plan.types.flatMap(type => type.targets))];
  return [{ ...first, key: plan.name, profiles, targets }];
}

function absentCheck(plan: ElementPlan, slicer: Slicer | undefined, build: Build): CompiledProperty['absent'] {
  const { min } = plan;
  if (min === 0 && slicer?.requires !== true) return undefined;
  const profile = build.structure.label;
  const args = [plan.path, String(min), '0'];
  return (_holder, run) => {
    if (min > 0) run.report(structureRules.minimum, args, profile);
    slicer?.end(run, slicer.begin());
  };
}

function oneCheck({ plan, slicer, code, key, step: place, item, profile }: Part, primitive: boolean): PropertyCheck {
  const forbidden = plan.max === 0;
  const sibling = `_${key}`;
  return (value, holder, run) => {
    run.push(place);
    const beside = primitive ? holder[sibling] : undefined;
    if (Array.isArray(value)) run.report(structureRules.mustNotBeArray, [key]);
    else if (Array.isArray(beside)) run.report(structureRules.mustNotBeArray, [sibling]);
    else if ((value === null || value === undefined) && beside === undefined) run.report(structureRules.nullValue, []);
    else if (forbidden) run.report(structureRules.maximum, [plan.path, '0', '1'], profile);
    else if (slicer === undefined) item(value, run, beside);
    else {
      const counts = slicer.begin();
      if (slicer.place(value, run, beside, code, 0, counts)) item(value, run, beside);
      slicer.end(run, counts);
    }
    run.pop();
  };
}

/** No FHIR resource needs more items under one property; beyond, the work stops. */
const maxItems = 1_000_000;

function manyCheck(part: Part, primitive: boolean): PropertyCheck {
  const { plan, key, step: place, profile } = part;
  const { min, max } = plan;
  const sibling = `_${key}`;
  return (value, holder, run) => {
    const beside = primitive ? holder[sibling] : undefined;
    const values = value ?? (beside === undefined ? value : []);
    if (!Array.isArray(values)) {
      run.reportAt(place, structureRules.mustBeArray, [key]);
      return;
    }
    if (beside !== undefined && beside !== null && !Array.isArray(beside)) run.reportAt(place, structureRules.mustBeArray, [sibling]);
    const besides: readonly unknown[] = Array.isArray(beside) ? beside : [];
    const count = besides.length > values.length ? besides.length : values.length;
    if (count === 0) run.reportAt(place, structureRules.emptyArray, [key]);
    if (count > maxItems) run.reportAt(place, structureRules.tooMany, [key, String(maxItems)]);
    if (count < min) run.report(structureRules.minimum, [plan.path, String(min), String(count)], profile);
    if (count > max) run.reportAt(place, structureRules.maximum, [plan.path, String(max), String(count)], profile);
    if (count > 0 && count <= maxItems) items(part, values, besides, count, run);
  };
}

function items({ slicer, code, key, step: place, item }: Part, values: readonly unknown[], besides: readonly unknown[], count: number, run: Run): void {
  const counts = slicer?.begin();
  run.push(place);
  for (let i = 0; i < count; i++) {
    const one = values[i];
    const beside = besides[i] ?? undefined;
    run.push(i);
    if ((one === null || one === undefined) && beside === undefined) run.report(structureRules.nullValue, []);
    else if (Array.isArray(one)) run.report(structureRules.mustNotBeArray, [key]);
    else if (slicer === undefined || counts === undefined || slicer.place(one, run, beside, code, i, counts)) item(one ?? undefined, run, beside);
    run.pop();
  }
  run.pop();
  if (slicer !== undefined && counts !== undefined) slicer.end(run, counts);
}
