import { FhirPathError } from '../fhirpath/ast.ts';
import { compileDirect, type Direct } from '../fhirpath/direct.ts';
import type { Items } from '../fhirpath/item.ts';
import { parseFhirPath } from '../fhirpath/parser.ts';
import { heldWith, heldWithout } from '../fhirpath/presence.ts';
import type { TypeInfo, Variant } from '../registry/type-model.ts';
import type { Run } from '../run/run.ts';
import type { Build } from './build.ts';
import type { Native } from './native.ts';

/** An invariant, whatever the type it is asked of. */
export interface Prepared {
  readonly expression: string;
  readonly native: Native | undefined;
  readonly holds: (input: Items, run: Run) => boolean;
  readonly fail: (run: Run) => void;
}

/** Invariants, one after the other, that all hold where a child is absent: a resource without `contained` is asked once for dom-2 to dom-5. */
export interface Group { readonly without: Variant | undefined; readonly members: readonly Member[] }

/** An invariant made ready for elements of one type. */
interface Member {
  readonly invariant: Prepared;
  readonly native: Native | undefined;
  /** The child whose presence is enough. */
  readonly enough: Variant | undefined;
  /** Asked of the JSON; undefined when the general way must be taken. */
  readonly direct: Direct | undefined;
}

export function grouped(all: readonly Prepared[], type: TypeInfo | undefined, { compiler }: Build): Group[] {
  const groups: { without: Variant | undefined; members: Member[] }[] = [];
  for (const invariant of all) {
    const { expression, native } = invariant;
    const decided = type === undefined ? nothing : presenceOf(expression, type);
    const member: Member = { invariant, native, enough: decided.enough, direct: type === undefined ? undefined : compileDirect(expression, type, compiler.model) };
    const last = groups.at(-1);
    if (last !== undefined && last.without === decided.without) last.members.push(member);
    else groups.push({ without: decided.without, members: [member] });
  }
  return groups;
}

interface Presence { readonly without: Variant | undefined; readonly enough: Variant | undefined }

const nothing: Presence = { without: undefined, enough: undefined };

function presenceOf(expression: string, type: TypeInfo): Presence {
  try {
    const ast = parseFhirPath(expression);
    return { without: heldWithout(ast, type), enough: heldWith(ast, type) };
  } catch (error) {
    if (error instanceof FhirPathError) return nothing; // the general way says what is wrong with it
    throw error;
  }
}
