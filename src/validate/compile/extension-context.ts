import type { ExtensionContext } from '../registry/definition.ts';
import type { Run } from '../run/run.ts';
import { fhirPathContext } from './fhirpath-context.ts';
import type { Host } from './host.ts';

/** Abstract names of later versions that extension packs for R4 still use. */
const anyResource = new Set(['Resource', 'CanonicalResource', 'MetadataResource']);
const anyElement = new Set(['Element', 'DataType', 'BackboneElement', 'BackboneType', 'PrimitiveType', 'Base']);

/**
 * May an extension stand here (defining-extensions.html#context)? By the names of the element that holds it, by its
 * whole path, by the extension around it, or by a FHIRPath that selects the element.
 */
export function contextTest(contexts: readonly ExtensionContext[], host: Host): (run: Run) => boolean {
  const elements = contexts.filter(({ type }) => type !== 'extension' && type !== 'fhirpath').map(({ expression }) => bare(expression));
  if (elements.some(one => elementAllows(one, host))) return () => true;
  const extensions = contexts.filter(({ type }) => type === 'extension').map(({ expression }) => expression);
  const selected = contexts.filter(({ type }) => type === 'fhirpath').map(({ expression }) => fhirPathContext(expression));
  return run => extensions.some(one => insideExtension(one, run)) || (elements.length > 0 && pathAllows(elements, run)) || selected.some(allows => allows(run));
}

function pathAllows(elements: readonly string[], run: Run): boolean {
  const path = pathHere(run);
  return elements.includes(path) || elements.includes(path.slice(path.indexOf('.') + 1));
}

function elementAllows(expression: string, host: Host): boolean {
  if (expression.includes(':') || host.names.includes(expression)) return true;
  if (anyElement.has(expression)) return expression === 'Element' ? !host.names.includes('Resource') || host.names.includes('Element') : host.names.includes('Element');
  return anyResource.has(expression) && host.names.includes('Resource');
}

/** Without `[x]` and without the profile's url in front. */
function bare(expression: string): string {
  const path = expression.includes('#') ? expression.slice(expression.indexOf('#') + 1) : expression;
  return path.replace(/\[x\]/g, '');
}

/** The url of the extension that holds this one, read from the resource: steps end with `extension[i].extension[j]`. */
function insideExtension(expression: string, run: Run): boolean {
  let value: unknown = run.whole;
  for (let i = 0; i < run.depth - 2; i++) {
    const step = run.steps[i];
    const key = typeof step === 'number' ? step : step?.json ?? '';
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  const url = (value as { url?: unknown } | null | undefined)?.url;
  return url === expression || (typeof url === 'string' && expression.endsWith(`#${url}`));
}

/** `Patient.name.family`: the resource in focus and the names down to the element that holds the extension. */
function pathHere(run: Run): string {
  const names: string[] = [];
  for (let i = run.frameDepth; i < run.depth - 2; i++) {
    const step = run.steps[i];
    if (step !== undefined && typeof step !== 'number') names.push(step.shown.replace(/\.ofType\(.*/, ''));
  }
  return [run.frame.type, ...names].join('.');
}
