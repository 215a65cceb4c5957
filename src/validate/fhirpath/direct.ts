import type { TypeInfo, TypeModel } from '../registry/type-model.ts';
import { FhirPathError } from './ast.ts';
import { fuelEach } from './env.ts';
import { directTruth, type DirectTruth } from './direct-truth.ts';
import { startGround, type EntryResources } from './ground.ts';
import { parseFhirPath } from './parser.ts';

/** True when the invariant holds, false when not, undefined when its expression must be asked in the general way. */
export type Direct = (value: unknown, resource: unknown, entries: EntryResources) => boolean | undefined;

/**
 * An invariant compiled for elements of one type, asked of the JSON itself: no nodes, no collections. What it does not
 * know it leaves to the general way, which always gives the same answer (`direct.test.ts`). undefined when that would
 * be always.
 */
export function compileDirect(expression: string, type: TypeInfo, model: TypeModel): Direct | undefined {
  if (type.kind === 'primitive') return undefined;
  const truth = truthOrNone(expression, type, model);
  if (truth === undefined) return undefined;
  let runs = 0;
  let left = 0;
  return (value, resource, entries) => {
    // One that mostly ends in the general way is given to it at once.
    if (left > 40 && left * 4 > runs) return undefined;
    runs += 1;
    const ground = startGround(resource, fuelEach, entries);
    const answer = truth(value, ground) === true;
    if (!ground.general) return answer;
    left += 1;
    return undefined;
  };
}

function truthOrNone(expression: string, type: TypeInfo, model: TypeModel): DirectTruth | undefined {
  try {
    return directTruth(parseFhirPath(expression), type, model);
  } catch (error) {
    if (error instanceof FhirPathError) return undefined; // the general way says what is wrong with it
    throw error;
  }
}
