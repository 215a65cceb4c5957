import { FhirPathError } from '../ast.ts';
import type { FunctionBuilder } from '../compile.ts';
import { none, Quantity, systemValue, type Items } from '../item.ts';
import { single } from '../operators.ts';

function number(items: Items): number | Quantity | undefined {
  if (items.length === 0) return undefined;
  const value = systemValue(single(items));
  if (value instanceof Quantity || typeof value === 'number') return value;
  throw new FhirPathError('a number is expected');
}

function ofNumber(apply: (value: number, argument: number | undefined) => number): FunctionBuilder {
  return args => (input, env) => {
    const value = number(input);
    if (value === undefined) return none;
    const other = args.evaluate[0] === undefined ? undefined : number(args.evaluate[0](input, env));
    if (args.evaluate[0] !== undefined && other === undefined) return none;
    const amount = value instanceof Quantity ? value.value : value;
    const result = apply(amount, other instanceof Quantity ? other.value : other);
    if (!Number.isFinite(result)) return none;
    return value instanceof Quantity ? [new Quantity(result, value.unit)] : [result];
  };
}

export const mathFunctions: Readonly<Record<string, FunctionBuilder>> = {
  abs: ofNumber(Math.abs),
  ceiling: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  truncate: ofNumber(Math.trunc),
  exp: ofNumber(Math.exp),
  ln: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
  log: ofNumber((value, base = 10) => Math.log(value) / Math.log(base)),
  power: ofNumber((value, exponent = 1) => value ** exponent),
  round: ofNumber((value, places = 0) => Math.round(value * 10 ** places) / 10 ** places),
};
