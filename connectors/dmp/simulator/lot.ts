import { rim, scheme } from './namespaces.ts';
import { all, attr, one, type El } from './xml.ts';

export interface Classification { readonly element: El; readonly scheme: string; readonly node: string; readonly codingScheme: string; readonly name: string; readonly slots: ReadonlyMap<string, readonly string[]> }
/** A registry object (lot, document entry, association): what the rules look at. */
export interface RegistryObject {
  readonly element: El;
  readonly id: string;
  readonly slots: ReadonlyMap<string, readonly string[]>;
  readonly title: string;
  readonly classifications: readonly Classification[];
  readonly identifiers: readonly { readonly element: El; readonly scheme: string; readonly value: string }[];
}
export interface Association { readonly id: string; readonly type: string; readonly source: string; readonly target: string; readonly slots: ReadonlyMap<string, readonly string[]> }
export interface Lot {
  readonly list: El;
  readonly sets: readonly RegistryObject[];
  readonly entries: readonly RegistryObject[];
  readonly associations: readonly Association[];
}

function slotsOf(element: El): Map<string, string[]> {
  const slots = new Map<string, string[]>();
  for (const slot of all(element, 'Slot', rim)) {
    const values = all(one(slot, 'ValueList', rim), 'Value', rim).map((value) => value.text);
    slots.set(attr(slot, 'name'), [...slots.get(attr(slot, 'name')) ?? [], ...values]);
  }
  return slots;
}
const nameOf = (element: El): string => attr(one(one(element, 'Name', rim), 'LocalizedString', rim), 'value');

export function registryObject(element: El): RegistryObject {
  return {
    element, id: attr(element, 'id'), slots: slotsOf(element), title: nameOf(element),
    classifications: all(element, 'Classification', rim).map((one) => ({ element: one, scheme: attr(one, 'classificationScheme'), node: attr(one, 'nodeRepresentation'), codingScheme: slotsOf(one).get('codingScheme')?.[0] ?? '', name: nameOf(one), slots: slotsOf(one) })),
    identifiers: all(element, 'ExternalIdentifier', rim).map((one) => ({ element: one, scheme: attr(one, 'identificationScheme'), value: attr(one, 'value') })),
  };
}

export function readLot(list: El): Lot {
  return {
    list,
    sets: all(list, 'RegistryPackage', rim).map(registryObject), entries: all(list, 'ExtrinsicObject', rim).map(registryObject),
    associations: all(list, 'Association', rim).map((one) => ({ id: attr(one, 'id'), type: attr(one, 'associationType'), source: attr(one, 'sourceObject'), target: attr(one, 'targetObject'), slots: slotsOf(one) })),
  };
}

export const slot = (object: RegistryObject | Classification | Association | null | undefined, name: string): string => object?.slots.get(name)?.[0] ?? '';
export const identifier = (object: RegistryObject | null | undefined, by: string): string => object?.identifiers.find((one) => one.scheme === by)?.value ?? '';
export const classified = (object: RegistryObject | null | undefined, by: string): Classification[] => object?.classifications.filter((one) => one.scheme === by) ?? [];
export const code = (object: RegistryObject | null | undefined, by: string): string => classified(object, by)[0]?.node ?? '';

/** The lot's signature is an entry of its own, told by its format (dmp.md §1.4). */
export const isSignature = (entry: RegistryObject): boolean => code(entry, scheme.formatCode) === 'http://www.w3.org/2000/09/xmldsig#' || code(entry, scheme.typeCode) === 'E1762';
export const contents = (lot: Lot): RegistryObject[] => lot.entries.filter((one) => !isSignature(one));
export const signatures = (lot: Lot): RegistryObject[] => lot.entries.filter(isSignature);
/** Structures named by the authors of an object: XON.10. */
export const structures = (object: RegistryObject | null | undefined, by: string): string[] =>
  classified(object, by).map((one) => slot(one, 'authorInstitution').split('^')[9] ?? '').filter((one) => one !== '');
