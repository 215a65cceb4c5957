type Json = Record<string, unknown>;

/** Resource types a validator asks for. */
export const definitionTypes = new Set(['StructureDefinition', 'ValueSet', 'CodeSystem', 'Questionnaire', 'ConceptMap', 'ImplementationGuide']);

const structureKeys = ['resourceType', 'id', 'url', 'version', 'name', 'kind', 'abstract', 'type', 'baseDefinition', 'derivation', 'context'];
const elementKeys = ['id', 'path', 'sliceName', 'min', 'max', 'base', 'type', 'contentReference', 'isModifier', 'mustSupport', 'maxLength', 'slicing'];
const maxValueSet = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
const translation = 'http://hl7.org/fhir/StructureDefinition/translation';
const longValue = 200;

/**
 * A definition reduced to what validation reads: no narrative, mappings, comments. Anything that is not a definition
 * gives undefined. A StructureDefinition with a snapshot loses its differential.
 */
export function prune(resource: unknown): Json | undefined {
  if (typeof resource !== 'object' || resource === null) return undefined;
  const json = resource as Json;
  if (typeof json.url !== 'string') return undefined;
  switch (json.resourceType) {
    case 'StructureDefinition': return structure(json);
    case 'CodeSystem': return { ...pick(json, ['resourceType', 'url', 'version', 'name', 'caseSensitive', 'content', 'valueSet', 'supplements', 'property', 'identifier']), concept: concepts(json.concept) };
    case 'ValueSet': return { ...pick(json, ['resourceType', 'url', 'version', 'name', 'compose']), ...expansion(json.expansion) };
    case 'Questionnaire':
    case 'ConceptMap': return without(json, ['text', 'description', 'purpose', 'contact']);
    case 'ImplementationGuide': return Array.isArray(json.global) ? pick(json, ['resourceType', 'url', 'version', 'global']) : undefined;
    default: return undefined;
  }
}

function structure(json: Json): Json {
  const kept = pick(json, structureKeys);
  const snapshot = elements(json.snapshot);
  if (snapshot !== undefined) return { ...kept, snapshot };
  const differential = elements(json.differential);
  return differential === undefined ? kept : { ...kept, differential };
}

function elements(part: unknown): Json | undefined {
  const list = (part as Json | undefined)?.element;
  return Array.isArray(list) && list.length > 0 ? { element: list.filter(isObject).map(element) } : undefined;
}

function element(json: Json): Json {
  const kept = pick(json, elementKeys);
  for (const key in json) if (/^(?:fixed|pattern|minValue|maxValue)[A-Z]/.test(key)) kept[key] = json[key];
  if (Array.isArray(json.constraint)) kept.constraint = json.constraint.filter(isObject).map(constraint);
  if (isObject(json.binding)) kept.binding = binding(json.binding);
  return kept;
}

/** A constraint, with the French of its text where the profile has one (extension translation on `human`). */
function constraint(json: Json): Json {
  const kept = pick(json, ['key', 'severity', 'human', 'expression', 'source']);
  const translations = isObject(json._human) && Array.isArray(json._human.extension) ? json._human.extension.filter(isObject) : [];
  for (const { url, extension } of translations) {
    if (url !== translation || !Array.isArray(extension)) continue;
    const parts = extension.filter(isObject);
    const content = parts.find(part => part.url === 'content')?.valueString;
    if (parts.some(part => part.url === 'lang' && part.valueCode === 'fr') && typeof content === 'string') kept.humanFr = content;
  }
  return kept;
}

function binding(json: Json): Json {
  const kept = pick(json, ['strength', 'valueSet']);
  const extensions = Array.isArray(json.extension) ? json.extension.filter(isObject) : [];
  const maximum = extensions.find(extension => extension.url === maxValueSet);
  const canonical = maximum?.valueCanonical ?? maximum?.valueUri;
  return canonical === undefined ? kept : { ...kept, maxValueSet: canonical };
}

function concepts(list: unknown): Json[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.filter(isObject).map(concept => {
    const kept = pick(concept, ['code', 'display']);
    if (Array.isArray(concept.designation)) kept.designation = concept.designation.filter(isObject).map(one => pick(one, ['language', 'value']));
    if (Array.isArray(concept.property)) kept.property = concept.property.filter(isObject).filter(isShort);
    const nested = concepts(concept.concept);
    if (nested !== undefined) kept.concept = nested;
    return kept;
  });
}

function expansion(json: unknown): Json {
  if (!isObject(json)) return {};
  return { expansion: { ...pick(json, ['total', 'parameter']), contains: contained(json.contains) } };
}

function contained(list: unknown): Json[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.filter(isObject).map(one => {
    const kept = pick(one, ['system', 'code', 'display', 'abstract', 'inactive']);
    const nested = contained(one.contains);
    return nested === undefined ? kept : { ...kept, contains: nested };
  });
}

function isShort(property: Json): boolean {
  return Object.values(property).every(value => typeof value !== 'string' || value.length <= longValue);
}

function pick(json: Json, keys: readonly string[]): Json {
  const kept: Json = {};
  for (const key of keys) if (json[key] !== undefined) kept[key] = json[key];
  return kept;
}

function without(json: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
