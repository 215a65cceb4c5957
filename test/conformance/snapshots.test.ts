import { expect, test } from '@jest/globals';
import type { ElementDefinition, StructureDefinition } from '../../src/validate/registry/definition.ts';
import { Registry } from '../../src/validate/registry/registry.ts';
import { Structures, type Structure } from '../../src/validate/registry/structures.ts';
import { elementList, type ElementNode } from '../../src/validate/snapshot/element-tree.ts';
import { generateSnapshot } from '../../src/validate/snapshot/generate.ts';
import { whenShared } from '../when-shared.ts';
import { coreDefinitions, guide, guideArchives, guideStructures } from './definitions.ts';

const unversioned = (canonical: string | undefined): string => canonical?.split('|')[0] ?? '';

/** What of an element decides a verdict, in a form that compares. Slicing of extensions by url goes without saying. */
function relevant(element: ElementDefinition): string {
  const extension = element.path.endsWith("xtension");
  const values = Object.entries(element).filter(([key, value]) => /^(?:fixed|pattern|minValue|maxValue)[A-Z]/.test(key) && value !== undefined);
  return JSON.stringify([
    element.min, element.max, element.maxLength, element.isModifier === true, unversioned(element.contentReference?.split('#')[1]),
    (element.type ?? []).map(type => [type.code, [...type.profile ?? []].map(unversioned).sort(), [...type.targetProfile ?? []].map(unversioned).sort()]),
    [...new Set((element.constraint ?? []).map(constraint => constraint.key))].sort(),
    element.binding?.valueSet === undefined ? undefined : [element.binding.strength, unversioned(element.binding.valueSet)],
    element.slicing === undefined || extension ? undefined : [element.slicing.discriminator, element.slicing.rules, element.slicing.ordered === true],
    values,
  ]);
}

/**
 * Elements that come out otherwise, by cause; the shares are of all elements compared.
 *  - the publisher closes the slicing of a choice once its types are narrowed, whatever the differential's `rules` say;
 *  - FR Core 2.1.0 and 2.2.0 were built on a core whose vital signs bind component.value[x] extensibly, R4 says required;
 *  - the publisher unfolds the profile of a slice even where the differential says nothing below (annuaire, mailbox-mss);
 *  - constraints of a datatype repeated, or left out, on the elements that use it: they are checked with the type;
 *  - identifier.type of FR Core slices: the publisher takes it from the unsliced element in one place, from the type in another.
 */
const sharedCauses = 0.02;

whenShared('snapshots of FR Core and the ANS guides', () => {
  const archives = guideArchives();
  const packages = archives.map(guide);
  const structures = new Structures(new Registry([...coreDefinitions(), ...packages]));

  test('come out of their differentials as published, for 98 % of the elements', () => {
    let compared = 0;
    let equal = 0;
    let profiles = 0;
    archives.forEach((archive, index) => {
      const pack = packages[index];
      if (pack === undefined) return;
      const treeOf = (structure: Structure | undefined): ElementNode | undefined => structure === undefined ? undefined : structures.tree(structure);
      for (const json of guideStructures(archive)) {
        const definition = json as unknown as StructureDefinition;
        const base = definition.baseDefinition;
        // A base that is in none of the packages (IHE MHD, FR Core 1.1.0) leaves nothing to compare.
        if (definition.derivation !== 'constraint' || base === undefined || structures.find(base, pack) === undefined) continue;
        const { tree } = generateSnapshot(definition, { byCanonical: canonical => treeOf(structures.find(canonical, pack)), byType: code => treeOf(structures.ofType(code)) });
        const made = new Map((tree === undefined ? [] : elementList(tree)).map(element => [element.id, element]));
        profiles += 1;
        for (const element of definition.snapshot?.element ?? []) {
          const own = made.get(element.id);
          compared += 1;
          if (own !== undefined && relevant(own) === relevant(element)) equal += 1;
        }
      }
    });
    expect(profiles).toBeGreaterThan(250);
    expect(equal / compared).toBeGreaterThanOrEqual(1 - sharedCauses);
  });
});
