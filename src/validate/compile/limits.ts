import { compareItems } from '../fhirpath/operators.ts';
import { addDuration } from '../fhirpath/duration.ts';
import { Quantity, type Item } from '../fhirpath/item.ts';
import type { Temporal } from '../fhirpath/temporal.ts';
import { parseTemporal } from '../fhirpath/temporal.ts';
import { structureRules } from '../run/structure-rules.ts';
import type { Run } from '../run/run.ts';
import { isObject, type Check } from './check.ts';
import type { ValuePlan } from './plan.ts';
import { short } from './values.ts';

/**
 * minValue[x] and maxValue[x]. A limit in the element's own type is compared with it; a duration on a date is
 * relative to now, backwards for a minimum and forwards for a maximum (elementdefinition-definitions.html
 * #ElementDefinition.minValue_x_), which needs `Env.now`.
 */
export function limitCheck(limit: ValuePlan, side: 'minimum' | 'maximum', code: string, profile: string): Check {
  const rule = side === 'minimum' ? structureRules.minimumValue : structureRules.maximumValue;
  const shown = isObject(limit.value) ? `${short(limit.value.value)} ${short(limit.value.code ?? limit.value.unit ?? '')}` : short(limit.value);
  return (value, run) => {
    if (value === undefined) return;
    const bound = boundOf(limit, code, side, run);
    const own = itemOf(value, code);
    if (bound === undefined || own === undefined) return;
    const order = tryCompare(own, bound);
    if (order === undefined) run.report(structureRules.valueNotComparable, [shown], profile);
    else if (side === 'minimum' ? order < 0 : order > 0) run.report(rule, [shown], profile);
  };
}

function tryCompare(a: Item, b: Item): number | undefined {
  try {
    return compareItems(a, b);
  } catch {
    return undefined;
  }
}

function boundOf(limit: ValuePlan, code: string, side: 'minimum' | 'maximum', run: Run): Item | undefined {
  const { value, type } = limit;
  if (!isObject(value)) return itemOf(value, type.charAt(0).toLowerCase() + type.slice(1));
  const duration = quantity(value);
  if (duration === undefined || code === 'Quantity') return duration;
  const now = run.env.now === undefined ? undefined : parseTemporal(code === 'date' ? run.env.now.slice(0, 10) : run.env.now);
  return now === undefined ? undefined : addDuration(now, duration, side === 'minimum' ? -1 : 1);
}

function itemOf(value: unknown, code: string): Item | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return /^(?:date|dateTime|instant|time)$/.test(code) ? temporal(value) : value;
  return isObject(value) ? quantity(value) : undefined;
}

function temporal(text: string): Temporal | undefined {
  return parseTemporal(text);
}

function quantity(value: Readonly<Record<string, unknown>>): Quantity | undefined {
  const { value: amount, code, unit } = value;
  return typeof amount === 'number' ? new Quantity(amount, typeof code === 'string' ? code : typeof unit === 'string' ? unit : '1') : undefined;
}
