import { errata } from '../fhirpath/errata.ts';
import { xhtmlHasContent } from '../run/xhtml.ts';
import type { Run } from '../run/run.ts';
import { isObject } from './check.ts';

/** The answer, or undefined when the expression itself must be asked. */
export type Native = (value: unknown, run: Run) => boolean | undefined;

const refOne = errata.find(erratum => erratum.keys.includes('ref-1'))?.repaired ?? '';

/**
 * Invariants every element of every message meets, written out: the same answer as their expression, without the
 * interpreter. `native.test.ts` compares the two on generated elements.
 */
const natives: Readonly<Record<string, Native>> = {
  // ref-1, repaired: only a local reference needs to look for its target
  [refOne]: value => isObject(value) && typeof value.reference === 'string' && value.reference.startsWith('#') ? undefined : true,
  'extension.exists() != value.exists()': value => {
    if (!isObject(value)) return true;
    let hasValue = false;
    for (const key in value) if (key.startsWith('value') || key.startsWith('_value')) hasValue = true;
    const extension = value.extension;
    return (Array.isArray(extension) && extension.length > 0) !== hasValue;
  },
  'htmlChecks2()': value => typeof value !== 'string' || xhtmlHasContent(value),
  // dom-6 is advice on the message as a whole: the reference validator gives it for the root alone
  'text.`div`.exists()': (_value, run) => run.frame.kind === 'root' ? undefined : true,
  'contained.contained.empty()': value => each(value, one => one.contained === undefined),
  'contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()': value => each(value, one => {
    const { meta } = one;
    return !isObject(meta) || (meta.versionId === undefined && meta.lastUpdated === undefined);
  }),
  'contained.meta.security.empty()': value => each(value, one => !isObject(one.meta) || one.meta.security === undefined),
  'code.empty() or system.exists()': value => !isObject(value) || value.code === undefined || value.system !== undefined || value._system !== undefined,
};

function each(resource: unknown, test: (contained: Readonly<Record<string, unknown>>) => boolean): boolean {
  const contained = isObject(resource) ? resource.contained : undefined;
  return !Array.isArray(contained) || contained.every(one => !isObject(one) || test(one));
}

export function nativeConstraint(_key: string, expression: string): Native | undefined {
  return Object.hasOwn(natives, expression) ? natives[expression] : undefined;
}
