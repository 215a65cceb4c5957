import type { TypeInfo, TypeModel } from '../registry/type-model.ts';
import { parseTemporal, Temporal } from './temporal.ts';

/** A FHIR element as FHIRPath sees it: its JSON, its type, and for a primitive the `_name` object beside it. */
export class FhirNode {
  readonly value: unknown;
  readonly type: TypeInfo | undefined;
  readonly sibling: unknown;
  /** The resource the element is in, when it was reached from another: references resolve from there. */
  readonly owner: FhirNode | undefined;
  /** Children already made, by name: a Bundle's invariants each walk its entries. Kept for resources and entries only. */
  made: Map<string, readonly Item[]> | undefined;

  constructor(value: unknown, type: TypeInfo | undefined, sibling?: unknown, owner?: FhirNode) {
    this.value = value;
    this.type = type;
    this.sibling = sibling;
    this.owner = owner;
    this.made = undefined;
  }
}

/** A System.Quantity: a value with a UCUM unit or a calendar word. */
export class Quantity {
  readonly value: number;
  readonly unit: string;

  constructor(value: number, unit: string) {
    this.value = value;
    this.unit = unit;
  }
}

/** System values are plain JavaScript ones. Integer and Decimal are both `number`. */
export type Item = FhirNode | Quantity | Temporal | string | number | boolean;
export type Items = readonly Item[];
export const none: Items = [];

const temporalTypes = new Set(['date', 'dateTime', 'instant', 'time']);

/** The System value of an item; undefined for a complex element or a primitive without value. */
export function systemValue(item: Item): Exclude<Item, FhirNode> | undefined {
  if (!(item instanceof FhirNode)) return item;
  const { value, type } = item;
  if (typeof value === 'string') return type !== undefined && temporalTypes.has(type.name) ? parseTemporal(value) ?? value : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return type?.ancestry.includes('Quantity') === true ? asQuantity(value) : undefined;
}

function asQuantity(value: unknown): Quantity | undefined {
  const { value: amount, code, unit, system } = (value ?? {}) as Record<string, unknown>;
  if (typeof amount !== 'number') return undefined;
  const ucum = system === 'http://unitsofmeasure.org';
  return new Quantity(amount, ucum && typeof code === 'string' ? code : typeof unit === 'string' ? unit : '1');
}

/** A node for a resource, typed by its `resourceType`. */
export function resourceNode(resource: unknown, model: TypeModel): FhirNode {
  const name = (resource as { resourceType?: unknown } | null)?.resourceType;
  return new FhirNode(resource, typeof name === 'string' ? model.type(name) : undefined);
}

export function textOf(item: Item | undefined): string | undefined {
  const value = item === undefined ? undefined : systemValue(item);
  if (typeof value === 'string') return value;
  return value instanceof Temporal && item instanceof FhirNode ? value.text : undefined;
}

/** How toString() writes a System value. */
export function written(value: Exclude<Item, FhirNode>): string {
  if (value instanceof Temporal) return value.text;
  if (value instanceof Quantity) return `${value.value} ${/^[a-z]+$/.test(value.unit) && value.unit.length > 3 ? value.unit : `'${value.unit}'`}`;
  return String(value);
}
