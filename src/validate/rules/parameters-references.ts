import { rule } from '../run/rule.ts';
import { isObject, objects, reportAt, text, type Json, type ResourceRule } from './resource-rule.ts';

const missing = rule('parameters-reference', 'error', 'structure', 'La référence ne mène à aucune ressource de Parameters', 'Unable to resolve the reference within Parameters', 'Joindre la ressource visée', 'Add the target resource');

/** When Parameters carries a resource of the type a relative reference names, the reference is to one of them. */
export const parametersReferences: ResourceRule = {
  id: 'parameters-reference', types: ['Parameters'], source: 'reference validator (Reference_REF_CantResolve in Parameters)', decision: 'adopted',
  why: 'the resources of an operation are sent together; a reference to another of the same type is a slip',
  check: (resource, run) => {
    const carried = new Map<string, Set<string>>();
    const inner: { path: (string | number)[]; resource: Json }[] = [];
    gather(resource, 'parameter', [], inner, 0);
    for (const { resource: one } of inner) {
      const type = text(one.resourceType);
      const id = text(one.id);
      if (type !== undefined && id !== undefined) carried.set(type, (carried.get(type) ?? new Set()).add(id));
    }
    for (const { path, resource: one } of inner) walk(one, path, (reference, at) => {
      const [type = '', id = ''] = reference.split('/');
      if (/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(reference) && carried.get(type)?.has(id) === false) reportAt(run, at, missing);
    }, 0);
  },
};

function gather(holder: Json, key: 'parameter' | 'part', path: (string | number)[], out: { path: (string | number)[]; resource: Json }[], depth: number): void {
  objects(holder[key]).forEach((one, index) => {
    const at = [...path, key, index];
    if (isObject(one.resource)) out.push({ path: [...at, 'resource'], resource: one.resource });
    if (depth < 20) gather(one, 'part', at, out, depth + 1);
  });
}

function walk(value: unknown, path: (string | number)[], found: (reference: string, path: (string | number)[]) => void, depth: number): void {
  if (depth > 60) return;
  if (Array.isArray(value)) value.forEach((one, index) => walk(one, [...path, index], found, depth + 1));
  else if (isObject(value)) {
    const reference = text(value.reference);
    if (reference !== undefined) found(reference, path);
    for (const key in value) if (key !== 'contained') walk(value[key], [...path, key], found, depth + 1);
  }
}
