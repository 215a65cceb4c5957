/** What of a StructureDefinition is read here. */
export interface ProfileDefinition {
  readonly resourceType: string;
  readonly id: string;
  readonly url: string;
  readonly differential: { readonly element: readonly ProfileElement[] };
}

interface ProfileElement {
  readonly id: string;
  readonly sliceName?: string;
  readonly min?: number;
  readonly max?: string;
  readonly type?: readonly unknown[];
  readonly binding?: { readonly strength: string };
  readonly constraint?: readonly { readonly key: string }[];
  readonly slicing?: { readonly discriminator?: readonly { readonly path: string }[] };
  readonly [other: string]: unknown;
}

/**
 * Every rule a profile adds, as `<element id> <rule>`: min, max, type, binding, fixed, pattern or a constraint's key.
 * The value a slice is recognised by is no rule of its own: another value is simply not of the slice.
 */
export function rulesOf(profile: ProfileDefinition): string[] {
  const elements = profile.differential.element;
  return elements.flatMap(element => {
    const rules: string[] = [];
    if ((element.min ?? 0) > 0) rules.push('min');
    if (element.max !== undefined && element.max !== '*') rules.push('max');
    if (element.type !== undefined) rules.push('type');
    if (element.binding?.strength === 'required') rules.push('binding');
    const value = Object.keys(element).find(key => /^(?:fixed|pattern)[A-Z]/.test(key));
    if (value !== undefined && !discriminates(element, elements)) rules.push(value.startsWith('fixed') ? 'fixed' : 'pattern');
    rules.push(...(element.constraint ?? []).map(({ key }) => key));
    return rules.map(rule => `${element.id} ${rule}`);
  });
}

function discriminates(element: ProfileElement, elements: readonly ProfileElement[]): boolean {
  const slice = /^(?<sliced>.*):[^.:]+(?:\.(?<path>.*))?$/.exec(element.id)?.groups;
  if (slice === undefined) return false;
  const slicing = elements.find(({ id }) => id === slice.sliced)?.slicing;
  return slicing?.discriminator?.some(({ path }) => path === (slice.path ?? '$this')) === true;
}
