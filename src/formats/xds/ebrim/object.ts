/** An ebRIM element by its local name; registry objects are small, so each is built whole, turned into a word of XDS and let go. */
export interface RimElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: RimElement[];
  text: string;
}

export const attributeOf = (element: RimElement, name: string): string => element.attributes[name] ?? '';
export const childrenOf = (element: RimElement, name: string): RimElement[] => element.children.filter((child) => child.name === name);

/** Values of each slot, in order; white space around a value is layout. */
export function slotsOf(element: RimElement): Map<string, readonly string[]> {
  const slots = new Map<string, readonly string[]>();
  for (const slot of childrenOf(element, 'Slot')) {
    const values = childrenOf(slot, 'ValueList').flatMap((list) => childrenOf(list, 'Value').map((value) => value.text.trim()));
    const name = attributeOf(slot, 'name');
    slots.set(name, [...(slots.get(name) ?? []), ...values]);
  }
  return slots;
}

/** Name or Description: the first LocalizedString. */
export const localizedOf = (element: RimElement, name: 'Name' | 'Description'): string => {
  const [text] = childrenOf(element, name).flatMap((one) => childrenOf(one, 'LocalizedString'));
  return text === undefined ? '' : attributeOf(text, 'value');
};

export const identifierOf = (element: RimElement, scheme: string): string => {
  const found = childrenOf(element, 'ExternalIdentifier').find((one) => attributeOf(one, 'identificationScheme') === scheme);
  return found === undefined ? '' : attributeOf(found, 'value');
};

export const classifiedBy = (element: RimElement, scheme: string): RimElement[] =>
  childrenOf(element, 'Classification').filter((one) => attributeOf(one, 'classificationScheme') === scheme);
