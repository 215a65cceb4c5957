import type { ElementNode } from '../snapshot/element-tree.ts';
import type { Structures } from './structures.ts';
import { choiceName, typeCode } from './type-code.ts';

/**
 * What the base definitions say of a type's JSON, without any profile: FHIRPath navigates by it and the XML reader
 * asks it. A backbone element is a type of its own, named by its path (`Patient.contact`).
 */
export interface TypeInfo {
  readonly name: string;
  readonly kind: 'primitive' | 'complex' | 'resource';
  /** Type codes from this one up to the root: `[Patient, DomainResource, Resource]`. */
  readonly ancestry: readonly string[];
  readonly children: ReadonlyMap<string, ChildInfo>;
  /** JSON property → the child it belongs to and its type. */
  readonly properties: ReadonlyMap<string, Variant>;
}

export interface ChildInfo {
  readonly name: string;
  readonly array: boolean;
  readonly rank: number;
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly key: string;
  /** `_key`, where a primitive keeps its id and extensions. */
  readonly sibling: string;
  readonly code: string;
  readonly child: ChildInfo;
  /** undefined when the value is a resource: its `resourceType` says. */
  readonly type: () => TypeInfo | undefined;
}

export class TypeModel {
  readonly #structures: Structures;
  readonly #types = new Map<string, TypeInfo | undefined>();

  constructor(structures: Structures) {
    this.#structures = structures;
  }

  /** A type by its code; undefined when no definition is there. */
  type(code: string): TypeInfo | undefined {
    const known = this.#types.get(code);
    if (known !== undefined || this.#types.has(code)) return known;
    const structure = this.#structures.ofType(code);
    const tree = structure === undefined ? undefined : this.#structures.tree(structure);
    if (structure === undefined || tree === undefined) {
      this.#types.set(code, undefined);
      return undefined;
    }
    const kind = structure.definition.kind === 'primitive-type' ? 'primitive' : structure.definition.kind === 'resource' ? 'resource' : 'complex';
    return this.#info(code, kind, this.#ancestry(code), tree, tree);
  }

  /** A type by the path of a backbone element (`Patient.contact`), or by its code. */
  at(path: string): TypeInfo | undefined {
    const [root = '', ...steps] = path.split('.');
    let type = this.type(root);
    for (const step of steps) type = type?.properties.get(step)?.type();
    return type;
  }

  #info(name: string, kind: TypeInfo['kind'], ancestry: readonly string[], node: ElementNode, root: ElementNode): TypeInfo {
    const children = new Map<string, ChildInfo>();
    const properties = new Map<string, Variant>();
    const info: TypeInfo = { name, kind, ancestry, children, properties };
    this.#types.set(name, info);
    node.children.forEach((element, rank) => {
      const child = this.#child(element, rank, root, kind === 'primitive');
      if (child === undefined) return;
      children.set(child.name, child);
      for (const variant of child.variants) properties.set(variant.key, variant);
    });
    return info;
  }

  #child(element: ElementNode, rank: number, root: ElementNode, ofPrimitive: boolean): ChildInfo | undefined {
    if (ofPrimitive && element.name === 'value') return undefined;
    const choice = element.name.endsWith('[x]');
    const variants: Variant[] = [];
    const child: ChildInfo = {
      name: choice ? element.name.slice(0, -3) : element.name,
      array: (element.def.base?.max ?? element.def.max) !== '1', rank, variants,
    };
    const add = (key: string, code: string, type: () => TypeInfo | undefined): void => {
      variants.push({ key, sibling: `_${key}`, code, child, type });
    };
    const reference = element.def.contentReference;
    if (reference !== undefined) {
      const path = reference.slice(reference.indexOf('#') + 1);
      add(element.name, path, () => this.#backbone(path, root));
    } else if (element.children.length > 0) {
      add(element.name, element.def.path, () => this.#backbone(element.def.path, root));
    } else {
      for (const code of (element.def.type ?? []).map(typeCode)) {
        add(choice ? choiceName(element.name, code) : element.name, code, () => this.type(code));
      }
    }
    return child;
  }

  #backbone(path: string, root: ElementNode): TypeInfo | undefined {
    if (this.#types.has(path)) return this.#types.get(path);
    let node: ElementNode | undefined = root;
    for (const step of path.split('.').slice(1)) node = node?.children.find(child => child.name === step);
    if (node === undefined) return undefined;
    const code = node.def.type?.[0] === undefined ? 'BackboneElement' : typeCode(node.def.type[0]);
    return this.#info(path, 'complex', [path, ...this.#ancestry(code)], node, root);
  }

  #ancestry(code: string): string[] {
    const names: string[] = [];
    let structure = this.#structures.ofType(code);
    while (structure !== undefined && !names.includes(structure.definition.type)) {
      names.push(structure.definition.type);
      const base = structure.definition.baseDefinition;
      structure = base === undefined ? undefined : this.#structures.find(base, structure.pack);
    }
    return names.length === 0 ? [code] : names;
  }
}
