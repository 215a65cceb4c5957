import { conceptOf, type CodeSystemIndex, type Concept } from './code-system.ts';

export interface Filter { readonly property?: unknown; readonly op?: unknown; readonly value?: unknown }

/** Does a concept pass a filter of ValueSet.compose (codesystem.html#filters)? undefined when the operator is not known. */
export function passes(system: CodeSystemIndex, concept: Concept, filter: Filter): boolean | undefined {
  const { property, op, value } = filter;
  if (typeof property !== 'string' || typeof value !== 'string') return undefined;
  switch (op) {
    case 'is-a': return concept.code === value || isBelow(system, concept, value);
    case 'descendent-of':
    case 'descendant-of': return isBelow(system, concept, value);
    case 'is-not-a': return concept.code !== value && !isBelow(system, concept, value);
    case 'child-of': return concept.parents.includes(value);
    case 'generalizes': return concept.code === value || isAbove(system, concept, value);
    case 'descendent-leaf': return concept.children.length === 0 && isBelow(system, concept, value);
    case '=': return values(concept, property).some(one => same(one, value));
    case 'in': return value.split(',').some(part => values(concept, property).some(one => same(one, part.trim())));
    case 'not-in': return !value.split(',').some(part => values(concept, property).some(one => same(one, part.trim())));
    case 'exists': return (values(concept, property).length > 0) === (value === 'true');
    case 'regex': return values(concept, property).some(one => matches(one, value));
    default: return undefined;
  }
}

function values(concept: Concept, property: string): unknown[] {
  if (property === 'code' || property === 'concept') return [concept.code];
  if (property === 'display') return [concept.display];
  if (property === 'parent') return concept.parents;
  if (property === 'child') return concept.children;
  return concept.properties.filter(one => one.code === property).map(one => one.value);
}

function same(value: unknown, wanted: string): boolean {
  if (typeof value === 'object' && value !== null) return (value as { code?: unknown }).code === wanted;
  return String(value) === wanted;
}

function matches(value: unknown, pattern: string): boolean {
  try {
    return typeof value === 'string' && value.length < 1000 && new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return false;
  }
}

function isBelow(system: CodeSystemIndex, concept: Concept, ancestor: string): boolean {
  const seen = new Set<string>();
  const queue = [...concept.parents];
  for (let code = queue.pop(); code !== undefined; code = queue.pop()) {
    if (code === ancestor) return true;
    if (seen.has(code)) continue;
    seen.add(code);
    queue.push(...conceptOf(system, code)?.parents ?? []);
  }
  return false;
}

function isAbove(system: CodeSystemIndex, concept: Concept, below: string): boolean {
  const start = conceptOf(system, below);
  return start !== undefined && isBelow(system, start, concept.code);
}
