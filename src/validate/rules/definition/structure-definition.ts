import type { Compiler } from '../../compile/compiler.ts';
import { choiceOf, type ElementDefinition, type StructureDefinition } from '../../registry/definition.ts';
import { deepEqual } from '../../fhirpath/equality.ts';
import type { ElementNode } from '../../snapshot/element-tree.ts';
import { generateSnapshot } from '../../snapshot/generate.ts';
import { rule } from '../../run/rule.ts';
import { isObject, objects, reportAt, text, type ResourceRule } from '../resource-rule.ts';

const noPlace = rule('differential-place', 'error', 'value', 'L’élément {0} du différentiel ne trouve pas de place dans la base', 'No match found for {0} in the generated snapshot: check that the path is legal');
const rootSlicing = rule('root-slicing', 'error', 'invalid', 'Le tranchage est interdit à la racine d’un profil', 'Slicing is not allowed at the root of a profile');
const otherFixed = rule('fixed-contradicts-base', 'error', 'value', 'La valeur imposée contredit celle de la définition de base', 'The fixed value contradicts the one of the base definition');

/** A profile's differential applies to its base: every element has a place, and fixed values agree. */
export const structureDefinitionRule: ResourceRule = {
  id: 'structure-definition', types: ['StructureDefinition'], source: 'R4 profiling.html; reference validator (snapshot generation)', decision: 'adopted',
  why: 'a profile that cannot be applied validates nothing',
  check: (resource, run, compiler) => {
    const base = text(resource.baseDefinition);
    const differential = isObject(resource.differential) ? objects(resource.differential.element) : [];
    if (base === undefined || resource.derivation !== 'constraint' || differential.length === 0) return;
    const [first] = differential;
    if (first !== undefined && !String(first.path).includes('.') && first.slicing !== undefined) reportAt(run, ['differential', 'element', 0], rootSlicing);
    const structure = compiler.structures.find(base);
    const tree = structure === undefined ? undefined : compiler.structures.tree(structure);
    if (tree === undefined) return;
    const made = generateSnapshot(resource as unknown as StructureDefinition, lookup(compiler));
    for (const problem of made.problems) if (problem.kind === 'no-such-element' && problem.index !== undefined) reportAt(run, ['differential', 'element', problem.index], noPlace, [name(problem.element)]);
    differential.forEach((element, index) => {
      const inherited = unsliced(tree, element as unknown as ElementDefinition);
      const fixed = inherited === undefined ? undefined : choiceOf(inherited.def, 'fixed');
      const own = choiceOf(element as unknown as ElementDefinition, 'fixed');
      if (fixed !== undefined && own !== undefined && !deepEqual(fixed.value, own.value)) reportAt(run, ['differential', 'element', index], otherFixed);
    });
  },
};

function lookup(compiler: Compiler): Parameters<typeof generateSnapshot>[1] {
  const { structures } = compiler;
  const treeOf = (structure: ReturnType<typeof structures.find>): ElementNode | undefined => structure === undefined ? undefined : structures.tree(structure);
  return { byCanonical: canonical => treeOf(structures.find(canonical)), byType: code => treeOf(structures.ofType(code)) };
}

function unsliced(tree: ElementNode, element: ElementDefinition): ElementNode | undefined {
  if (typeof element.path !== 'string' || element.id?.includes(':') === true) return undefined;
  let node: ElementNode | undefined = tree;
  for (const step of element.path.split('.').slice(1)) node = node?.children.find(child => child.name === step);
  return node;
}

function name(path: string): string {
  return /^[\w.:[\]/-]{1,128}$/.test(path) ? path : '…';
}

