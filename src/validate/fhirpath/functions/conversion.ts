import type { FunctionBuilder } from '../compile.ts';
import type { FhirNode} from '../item.ts';
import { none, Quantity, systemValue, written, type Item } from '../item.ts';
import { single } from '../operators.ts';
import { parseTemporal, Temporal } from '../temporal.ts';

type System = Exclude<Item, FhirNode>;

function toBoolean(value: System): System | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return undefined;
  if (/^(?:true|t|yes|y|1|1\.0)$/i.test(value)) return true;
  return /^(?:false|f|no|n|0|0\.0)$/i.test(value) ? false : undefined;
}

function toInteger(value: System): System | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}

function toDecimal(value: System): System | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function temporal(kind: Temporal['kind']): (value: System) => System | undefined {
  return value => {
    const parsed = typeof value === 'string' ? parseTemporal(value) : value instanceof Temporal ? value : undefined;
    if (parsed === undefined || (parsed.kind === 'time') !== (kind === 'time')) return undefined;
    if (kind === 'date' && parsed.kind === 'dateTime') return parseTemporal(parsed.text.slice(0, parsed.text.indexOf('T')));
    return parsed.kind === kind ? parsed : new Temporal(kind, parsed.fields, parsed.zone, parsed.text);
  };
}

function toQuantity(value: System): System | undefined {
  if (value instanceof Quantity) return value;
  if (typeof value === 'number') return new Quantity(value, '1');
  const found = typeof value === 'string' ? /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|([a-zA-Z]+))?$/.exec(value) : null;
  return found === null ? undefined : new Quantity(Number(found[1]), found[2] ?? found[3] ?? '1');
}

const conversions: Readonly<Record<string, (value: System) => System | undefined>> = {
  Boolean: toBoolean, Integer: toInteger, Decimal: toDecimal, String: written,
  Date: temporal('date'), DateTime: temporal('dateTime'), Time: temporal('time'), Quantity: toQuantity,
};

export const conversionFunctions: Readonly<Record<string, FunctionBuilder>> = Object.fromEntries(Object.entries(conversions).flatMap(([name, convert]) => {
  const converted: FunctionBuilder = () => input => {
    const value = input.length === 0 ? undefined : systemValue(single(input));
    const result = value === undefined ? undefined : convert(value);
    return result === undefined ? none : [result];
  };
  const converts: FunctionBuilder = () => input => {
    if (input.length === 0) return none;
    const value = systemValue(single(input));
    return [value !== undefined && convert(value) !== undefined];
  };
  return [[`to${name}`, converted], [`convertsTo${name}`, converts]];
}));
