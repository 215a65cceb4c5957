import { FhirNode, Quantity, type Item } from './item.ts';
import { Temporal } from './temporal.ts';

const systemNames: Readonly<Record<string, string>> = { date: 'Date', dateTime: 'DateTime', time: 'Time' };

/**
 * Is an item of a type? `System.String`, `FHIR.Patient` or a bare name, which may be either; a FHIR type counts as
 * each of its ancestors. For as and ofType the bare System names also take the FHIR primitives (R4 fhirpath.html).
 */
export function isOfType(item: Item, type: string): boolean {
  const dot = type.indexOf('.');
  const space = dot < 0 ? undefined : type.slice(0, dot);
  const name = dot < 0 ? type : type.slice(dot + 1);
  if (item instanceof FhirNode) return space !== 'System' && (item.type?.ancestry.includes(name) ?? false);
  return space !== 'FHIR' && systemName(item).includes(name);
}

function systemName(item: Exclude<Item, FhirNode>): readonly string[] {
  if (item instanceof Temporal) return [systemNames[item.kind] ?? '', item.kind];
  if (item instanceof Quantity) return ['Quantity'];
  if (typeof item === 'string') return ['String', 'string'];
  if (typeof item === 'boolean') return ['Boolean', 'boolean'];
  return Number.isInteger(item) ? ['Integer', 'integer', 'Decimal', 'decimal'] : ['Decimal', 'decimal'];
}
