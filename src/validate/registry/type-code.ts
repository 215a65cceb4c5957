import type { ElementType } from './definition.ts';

const system = 'http://hl7.org/fhirpath/System.';
const fhirType = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
export const coreBase = 'http://hl7.org/fhir/StructureDefinition/';

const systemTypes: Readonly<Record<string, string>> = {
  String: 'string', Boolean: 'boolean', Integer: 'integer', Decimal: 'decimal', Date: 'date', DateTime: 'dateTime', Time: 'time',
};

/**
 * The FHIR type of an element type. `id` and `url` elements carry a FHIRPath System type with the FHIR type in an
 * extension (structuredefinition-fhir-type); a logical model writes the whole canonical.
 */
export function typeCode(type: ElementType): string {
  const { code } = type;
  if (code.startsWith(system)) {
    const stated = type.extension?.find(extension => extension.url === fhirType);
    return stated?.valueUrl ?? stated?.valueUri ?? systemTypes[code.slice(system.length)] ?? 'string';
  }
  return code.startsWith(coreBase) ? code.slice(coreBase.length) : code;
}

/** Where a type is defined. A code that is a canonical already stays as it is. */
export function typeCanonical(code: string): string {
  return code.includes(':') ? code : coreBase + code;
}

/** `value[x]` and `Quantity` → `valueQuantity`. */
export function choiceName(element: string, code: string): string {
  return element.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1);
}
