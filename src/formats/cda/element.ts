/**
 * An element of the CDA header, by its local name in urn:hl7-org:v3. Elements of other namespaces (sdtc, lab, pharm…) are
 * not kept: nothing the gateway reads stands in them. Only the header becomes elements, never the body.
 */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

export const children = (element: Element | null, name: string): Element[] => element?.children.filter(child => child.name === name) ?? [];

/** The first descendant along `a/b/c`, null when one step is missing. */
export function at(element: Element | null, path: string): Element | null {
  let here = element;
  for (const name of path.split('/')) here = here?.children.find(child => child.name === name) ?? null;
  return here;
}

export const attribute = (element: Element | null, name: string): string => element?.attributes[name]?.trim() ?? '';

/** Character data with its white space collapsed; '' when the element is absent. */
export const text = (element: Element | null): string => element?.text.replace(/\s+/gu, ' ').trim() ?? '';
