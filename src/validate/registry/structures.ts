import { generateSnapshot, usableElements, type SnapshotProblem } from '../snapshot/generate.ts';
import { elementTree, type ElementNode } from '../snapshot/element-tree.ts';
import type { StructureDefinition } from './definition.ts';
import type { Registry } from './registry.ts';
import type { DefinitionPackage } from '../../domain/definition-package.ts';
import { typeCanonical } from './type-code.ts';

/** A StructureDefinition with the package its names are looked up from. `label` is how messages name it. */
export interface Structure {
  readonly url: string;
  readonly version: string;
  readonly label: string;
  readonly definition: StructureDefinition;
  readonly pack: DefinitionPackage;
}

const maxFound = 5000;

interface Shape { readonly tree: ElementNode | undefined; readonly problems: readonly SnapshotProblem[] }

/** StructureDefinitions by canonical or type, each with its snapshot as a tree: published, or generated at first use. */
export class Structures {
  readonly registry: Registry;
  readonly #structures = new Map<unknown, Structure>();
  readonly #shapes = new Map<Structure, Shape>();
  readonly #types = new Map<string, Structure | undefined>();
  readonly #open = new Set<Structure>();
  readonly #found = new Map<string, Structure | undefined>();
  readonly #lineages = new Map<Structure, ReadonlySet<string>>();

  constructor(registry: Registry) {
    this.registry = registry;
  }

  find(canonical: string, from?: DefinitionPackage): Structure | undefined {
    if (from !== undefined) return this.#find(canonical, from);
    const known = this.#found.get(canonical);
    if (known !== undefined || this.#found.has(canonical)) return known;
    const structure = this.#find(canonical, undefined);
    if (this.#found.size < maxFound) this.#found.set(canonical, structure); // meta.profile may say anything
    return structure;
  }

  /** The urls of a definition and of all it is derived from. */
  lineage(structure: Structure): ReadonlySet<string> {
    let urls = this.#lineages.get(structure);
    if (urls === undefined) {
      const collected = new Set<string>();
      for (let at: Structure | undefined = structure; at !== undefined && !collected.has(at.url);) {
        collected.add(at.url);
        const base: string | undefined = at.definition.baseDefinition;
        at = base === undefined ? undefined : this.find(base, at.pack);
      }
      urls = collected;
      this.#lineages.set(structure, urls);
    }
    return urls;
  }

  #find(canonical: string, from: DefinitionPackage | undefined): Structure | undefined {
    const found = this.registry.find('StructureDefinition', canonical, from);
    return found === undefined ? undefined : this.#structure(found.definition as StructureDefinition, found.pack);
  }

  /** The definition of a type by its code; a name that is no known type gives undefined. */
  ofType(code: string): Structure | undefined {
    if (this.#types.has(code)) return this.#types.get(code);
    const structure = this.find(typeCanonical(code));
    this.#types.set(code, structure);
    return structure;
  }

  /** A StructureDefinition that is not in the registry: the one being validated as a resource. */
  loose(definition: StructureDefinition, pack: DefinitionPackage): Structure {
    return this.#structure(definition, pack);
  }

  tree(structure: Structure): ElementNode | undefined {
    return this.#shape(structure).tree;
  }

  problems(structure: Structure): readonly SnapshotProblem[] {
    return this.#shape(structure).problems;
  }

  #shape(structure: Structure): Shape {
    const known = this.#shapes.get(structure);
    if (known !== undefined) return known;
    if (this.#open.has(structure)) return { tree: undefined, problems: [{ kind: 'circular-base', element: structure.url }] };
    this.#open.add(structure);
    const shape = this.#make(structure);
    this.#open.delete(structure);
    this.#shapes.set(structure, shape);
    return shape;
  }

  #make(structure: Structure): Shape {
    const published = usableElements(structure.definition.snapshot?.element);
    if (published.length > 0) return { tree: elementTree(published), problems: [] };
    return generateSnapshot(structure.definition, {
      byCanonical: canonical => this.#treeOf(this.find(canonical, structure.pack)),
      byType: code => this.#treeOf(this.ofType(code)),
    });
  }

  #treeOf(structure: Structure | undefined): ElementNode | undefined {
    return structure === undefined ? undefined : this.tree(structure);
  }

  #structure(definition: StructureDefinition, pack: DefinitionPackage): Structure {
    const known = this.#structures.get(definition);
    if (known !== undefined) return known;
    const { url, version = '' } = definition;
    const structure = { url, version, label: version === '' ? url : `${url}|${version}`, definition, pack };
    this.#structures.set(definition, structure);
    return structure;
  }
}
