import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import { isObject } from './check.ts';
import type { Reached } from './discriminator-path.ts';

/**
 * A type discriminator: the type of a choice is known from its property (`code`), a resource's from what it says, a
 * reference's after resolve() from its target.
 */
export function typeMatcher(reached: readonly Reached[], build: Build): (value: unknown, run: Run, code: string) => boolean {
  const wanted = new Set<string>();
  for (const { plan, targets, build: own } of reached) {
    if (targets !== undefined) wanted.add(own.structure.definition.type);
    else for (const type of plan.types) wanted.add(type.code);
  }
  const { model } = build.compiler;
  const fits = (name: string): boolean => wanted.has(name) || (model.type(name)?.ancestry.some(ancestor => wanted.has(ancestor)) ?? false);
  return (value, _run, code) => {
    if (isObject(value) && typeof value.resourceType === 'string') return fits(value.resourceType);
    return code === '' ? fitsShape(value, wanted) : fits(code);
  };
}

/** A choice inside an item, reached by path: only its JSON is at hand. */
function fitsShape(value: unknown, wanted: ReadonlySet<string>): boolean {
  if (typeof value === 'boolean') return wanted.has('boolean');
  if (typeof value === 'number') return ['integer', 'decimal', 'positiveInt', 'unsignedInt'].some(type => wanted.has(type));
  if (typeof value === 'string') return [...wanted].some(type => /^[a-z]/.test(type) && type !== 'boolean');
  if (!isObject(value)) return false;
  return [...wanted].some(type => type === 'CodeableConcept' ? 'coding' in value || 'text' in value
    : type === 'Reference' ? 'reference' in value || 'identifier' in value
      : type === 'Quantity' ? 'value' in value || 'unit' in value
        : type === 'Period' ? 'start' in value || 'end' in value
          : type === 'Coding' ? 'code' in value : /^[A-Z]/.test(type));
}
