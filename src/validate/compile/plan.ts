import { choiceOf, type Discriminator, type ElementBinding, type ElementConstraint, type ElementDefinition } from '../registry/definition.ts';
import type { Structure } from '../registry/structures.ts';
import { choiceName, typeCode } from '../registry/type-code.ts';
import type { ElementNode } from '../snapshot/element-tree.ts';

/** One type an element may have; `key` is its JSON property. */
export interface TypePlan {
  readonly code: string;
  readonly key: string;
  readonly profiles: readonly string[];
  readonly targets: readonly string[];
}

/** A fixed, pattern, minimum or maximum value with the type its name says. */
export interface ValuePlan { readonly type: string; readonly value: unknown }

/**
 * What is to be checked of an element, as data: printable, comparable, without code. Both ways of running (closures,
 * generated dispatch) are built from the same plan.
 */
export interface ElementPlan {
  readonly id: string;
  readonly path: string;
  readonly basePath: string;
  /** Without `[x]`. */
  readonly name: string;
  readonly choice: boolean;
  readonly array: boolean;
  readonly min: number;
  readonly max: number;
  readonly types: readonly TypePlan[];
  readonly fixed: ValuePlan | undefined;
  readonly pattern: ValuePlan | undefined;
  readonly minValue: ValuePlan | undefined;
  readonly maxValue: ValuePlan | undefined;
  readonly maxLength: number | undefined;
  readonly binding: ElementBinding | undefined;
  readonly constraints: readonly ElementConstraint[];
  readonly modifier: boolean;
  readonly discriminators: readonly Discriminator[];
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
  readonly sliceName: string | undefined;
  readonly slices: readonly ElementPlan[];
  /** undefined when the element stands on its type alone. */
  readonly children: readonly ElementPlan[] | undefined;
  /** Path of the element a contentReference points to. */
  readonly refers: string | undefined;
}

/** The whole of a profile: its root element, and where messages say it comes from. */
export interface ProfilePlan { readonly structure: Structure; readonly root: ElementPlan }

export function planOf(structure: Structure, tree: ElementNode): ProfilePlan {
  return { structure, root: elementPlan(tree) };
}

function elementPlan(node: ElementNode): ElementPlan {
  const { def } = node;
  const choice = node.name.endsWith('[x]');
  const name = choice ? node.name.slice(0, -3) : node.name;
  return {
    id: def.id ?? def.path, path: def.path, basePath: def.base?.path ?? def.path, name, choice,
    array: node.parent !== undefined && (def.base?.max ?? def.max ?? '1') !== '1',
    min: typeof def.min === 'number' ? def.min : 0,
    max: def.max === undefined || def.max === '*' ? Number.POSITIVE_INFINITY : Number(def.max),
    types: typePlans(def, node.name, choice),
    fixed: choiceOf(def, 'fixed'), pattern: choiceOf(def, 'pattern'),
    minValue: choiceOf(def, 'minValue'), maxValue: choiceOf(def, 'maxValue'), maxLength: def.maxLength,
    binding: def.binding, constraints: def.constraint ?? [], modifier: def.isModifier === true,
    discriminators: def.slicing?.discriminator ?? [], rules: def.slicing?.rules ?? 'open', ordered: def.slicing?.ordered === true,
    sliceName: def.sliceName,
    slices: node.slices.map(elementPlan),
    children: node.children.length === 0 ? undefined : node.children.map(elementPlan),
    refers: def.contentReference === undefined ? undefined : def.contentReference.slice(def.contentReference.indexOf('#') + 1),
  };
}

/** `Resource.id` is written as a string in R4 and meant as an id (resource.html). */
function typePlans(def: ElementDefinition, name: string, choice: boolean): TypePlan[] {
  return (def.type ?? []).map(type => {
    const code = def.base?.path === 'Resource.id' ? 'id' : typeCode(type);
    return { code, key: choice ? choiceName(name, code) : name, profiles: type.profile ?? [], targets: type.targetProfile ?? [] };
  });
}
