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
  [refOne]: value => isObject(value) && typeof value.reference === 'string' && value.reference.charCodeAt(0) === 35 ? undefined : true,
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
  // bdl-7: each fullUrl once, or once a version
  "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()": value => isObject(value) && value.type !== 'history' ? distinctUrls(value.entry) : undefined,
  'code.empty() or system.exists()': value => !isObject(value) || value.code === undefined || value.system !== undefined || value._system !== undefined,
};

/** undefined when an entry has a version or no plain url: the expression knows. */
function distinctUrls(entries: unknown): boolean | undefined {
  if (!Array.isArray(entries)) return undefined;
  const urls = new Set<string>();
  for (const entry of entries) {
    const { fullUrl, resource } = (entry ?? {}) as { fullUrl?: unknown; resource?: { meta?: { versionId?: unknown } } };
    if (typeof fullUrl !== 'string' || resource?.meta?.versionId !== undefined) return undefined;
    urls.add(fullUrl);
  }
  return urls.size === entries.length;
}

export function nativeConstraint(_key: string, expression: string): Native | undefined {
  return Object.hasOwn(natives, expression) ? natives[expression] : undefined;
}
