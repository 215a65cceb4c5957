import { expect, test } from '@jest/globals';
import fhirpath from 'fhirpath';
import r4Model from 'fhirpath/fhir-context/r4/index.js';
import { compileExpression } from '../../src/validate/fhirpath/expression.ts';
import { repaired } from '../../src/validate/fhirpath/errata.ts';
import type { ElementConstraint, StructureDefinition } from '../../src/validate/registry/definition.ts';
import { FhirNode, resourceNode, type Item } from '../../src/validate/fhirpath/item.ts';
import { makeEnv } from '../../src/validate/run/make-env.ts';
import { TypeModel } from '../../src/validate/registry/type-model.ts';
import { Terminology } from '../../src/validate/terminology/terminology.ts';
import { createValidator } from '../../src/validate/validator.ts';
import { whenShared } from '../when-shared.ts';
import { coreDefinitions, guideArchives, guideExamples, guideWithOthers, type Resource } from './definitions.ts';

const r4 = r4Model as unknown as NonNullable<Parameters<typeof fhirpath.evaluate>[3]>;

/** Functions whose answer comes from outside FHIRPath, or that fhirpath.js leaves to the caller. */
const outside = /htmlChecks|memberOf|conformsTo|resolve\(|descendants\(\)|%rootResource/;

whenShared('invariants, compared with fhirpath.js', () => {
  test.each(guideArchives().filter(archive => /fr\.core-2\.[12]|cds|sas/.test(archive)))('%s: same answer on every element that has one', archive => {
    const packages = guideWithOthers(archive);
    const { structures, registry, compiler } = createValidator({ definitions: coreDefinitions(), packages });
    const model = new TypeModel(structures);
    const env = makeEnv(model, new Terminology(registry), compiler, () => undefined);
    const differences = new Set<string>();
    let compared = 0;
    for (const [name, resource] of guideExamples(archive)) {
      for (const { path, constraint } of constraintsFor(resource, packages, coreDefinitions())) {
        const expression = repaired(constraint);
        if (expression === undefined || outside.test(expression)) continue;
        const root = resourceNode(resource, model);
        const items = path === '' ? [root] : run(path, [root], root);
        const theirs = path === '' ? [resource] : evaluate(resource, path, resource);
        items.forEach((item, index) => {
          const own = truth(expression, item, root);
          const other = theirTruth(theirs[index], expression, resource, item);
          if (other === undefined) return;
          compared += 1;
          if (own !== other) differences.add(`${name} ${path}: ${constraint.key} ours ${String(own)} theirs ${String(other)}`);
        });
      }
    }
    expect([...differences]).toEqual([]);
    expect(compared).toBeGreaterThan(100);

    function run(text: string, input: readonly Item[], root: FhirNode): readonly Item[] {
      prepare(root, root);
      return compileExpression(text).items(input, env);
    }

    function truth(text: string, item: Item, root: FhirNode): boolean | undefined {
      prepare(root, item instanceof FhirNode ? item : root);
      return compileExpression(text).truth([item], env);
    }

    function prepare(root: FhirNode, context: FhirNode): void {
      Object.assign(env, { resource: root, rootResource: root, context, self: context, fuel: 1_000_000 });
    }
  });
});

/** The invariants of the base type and of the claimed profiles, with the path of plain names that leads to their element. */
function constraintsFor(resource: Resource, ...packages: readonly (readonly { entries: readonly { resourceType: string; url: string; load: () => unknown }[] }[])[]): { path: string; constraint: ElementConstraint }[] {
  const claimed = ((resource.meta as { profile?: string[] } | undefined)?.profile ?? []).map(canonical => canonical.split('|')[0]);
  const urls = new Set([`http://hl7.org/fhir/StructureDefinition/${resource.resourceType}`, ...claimed]);
  const found: { path: string; constraint: ElementConstraint }[] = [];
  for (const entry of packages.flat().flatMap(one => one.entries)) {
    if (entry.resourceType !== 'StructureDefinition' || !urls.has(entry.url)) continue;
    for (const element of (entry.load() as StructureDefinition).snapshot?.element ?? []) {
      const path = element.path.split('.').slice(1).map(step => step.replace('[x]', '')).join('.');
      if (!element.id?.includes(':')) for (const constraint of element.constraint ?? []) found.push({ path, constraint });
    }
  }
  return found;
}

function evaluate(resource: unknown, path: string, root: unknown): unknown[] {
  return fhirpath.evaluate(resource, path, { resource: root, rootResource: root }, r4, { traceFn: () => undefined, resolveInternalTypes: false }) as unknown[];
}

/** undefined when fhirpath.js cannot evaluate it: it then says nothing. */
function theirTruth(node: unknown, expression: string, resource: unknown, item: Item): boolean | undefined {
  try {
    const path = item instanceof FhirNode ? item.type?.name : undefined;
    const answer = fhirpath.evaluate(node, path === undefined ? expression : { base: path, expression }, { resource, rootResource: resource }, r4, { traceFn: () => undefined }) as unknown[];
    return typeof answer[0] === 'boolean' ? answer[0] : undefined;
  } catch {
    return undefined;
  }
}
