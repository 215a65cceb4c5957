/** One concept, and what filters and display checks ask of it. */
export interface Concept {
  readonly code: string;
  readonly display: string | undefined;
  readonly designations: readonly string[];
  readonly parents: string[];
  readonly children: string[];
  readonly properties: readonly { readonly code: string; readonly value: unknown }[];
}

/** A code system with all its codes at hand. A fragment, or one kept elsewhere, is not made into this. */
export interface CodeSystemIndex {
  readonly url: string;
  readonly version: string;
  readonly caseSensitive: boolean;
  readonly codes: ReadonlyMap<string, Concept>;
}

interface ConceptJson { code?: unknown; display?: unknown; designation?: unknown; concept?: unknown; property?: unknown }

/** The index of a CodeSystem resource; undefined unless it says its content is complete. */
export function indexCodeSystem(json: Readonly<Record<string, unknown>>): CodeSystemIndex | undefined {
  if (json.content !== 'complete' || typeof json.url !== 'string') return undefined;
  const codes = new Map<string, Concept>();
  const caseSensitive = json.caseSensitive !== false;
  addAll(codes, json.concept, undefined, caseSensitive, 0);
  linkByProperty(codes, caseSensitive);
  return { url: json.url, version: typeof json.version === 'string' ? json.version : '', caseSensitive, codes };
}

export function conceptOf(system: CodeSystemIndex, code: string): Concept | undefined {
  return system.codes.get(system.caseSensitive ? code : code.toLowerCase());
}

const maxDepth = 100;

function addAll(codes: Map<string, Concept>, list: unknown, parent: Concept | undefined, caseSensitive: boolean, depth: number): void {
  if (!Array.isArray(list) || depth > maxDepth) return;
  for (const json of list as ConceptJson[]) {
    if (typeof json.code !== 'string') continue;
    const concept: Concept = {
      code: json.code, display: typeof json.display === 'string' ? json.display : undefined,
      designations: designations(json.designation), parents: parent === undefined ? [] : [parent.code], children: [], properties: properties(json.property),
    };
    parent?.children.push(concept.code);
    codes.set(caseSensitive ? json.code : json.code.toLowerCase(), concept);
    addAll(codes, json.concept, concept, caseSensitive, depth + 1);
  }
}

/** HL7 terminology states the hierarchy by `subsumedBy` or `parent` properties as well as by nesting. */
function linkByProperty(codes: Map<string, Concept>, caseSensitive: boolean): void {
  for (const concept of codes.values()) {
    for (const { code, value } of concept.properties) {
      if ((code !== 'subsumedBy' && code !== 'parent') || typeof value !== 'string') continue;
      const parent = codes.get(caseSensitive ? value : value.toLowerCase());
      if (parent === undefined || parent.children.includes(concept.code)) continue;
      parent.children.push(concept.code);
      concept.parents.push(parent.code);
    }
  }
}

function designations(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap(one => {
    const value = (one as { value?: unknown } | null)?.value;
    return typeof value === 'string' ? value : [];
  });
}

function properties(list: unknown): Concept['properties'] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const json = one as Record<string, unknown>;
    const key = Object.keys(json).find(name => name.startsWith('value'));
    return typeof json.code === 'string' && key !== undefined ? { code: json.code, value: json[key] } : [];
  });
}
