/** `url|version#fragment` (R4 datatypes.html#canonical), taken apart. */
export interface Canonical { readonly url: string; readonly version: string | undefined }

export function parseCanonical(canonical: string): Canonical {
  const fragment = canonical.indexOf('#');
  const whole = fragment > 0 ? canonical.slice(0, fragment) : canonical;
  const bar = whole.lastIndexOf('|');
  if (bar < 0) return { url: whole, version: undefined };
  return { url: whole.slice(0, bar), version: whole.slice(bar + 1) };
}

/**
 * Does a version satisfy a wanted one? Equal, or wanted is a prefix at a dot (`1.2` and `1.2.x` match `1.2.3`),
 * as the package specification writes it.
 */
export function versionMatches(wanted: string, version: string): boolean {
  if (wanted === version || wanted === '' || wanted === '*') return true;
  const stem = wanted.replace(/(\.[x*])+$/, '');
  return version.startsWith(`${stem}.`) || version.startsWith(`${stem}-`);
}

/** Semantic order, with a label (`-ballot`) before its release; what is not a number compares as text. */
export function compareVersions(left: string, right: string): number {
  // R4 dated its copies of the HL7 v3 tables (2018-08-12); every numbered release of the terminology came later.
  const dated = Number(isDate(left)) - Number(isDate(right));
  if (dated !== 0) return -dated;
  const [a, aLabel] = split(left);
  const [b, bLabel] = split(right);
  const order = compareParts(a.split('.'), b.split('.'));
  if (order !== 0) return order;
  if (aLabel === bLabel) return 0;
  if (aLabel === undefined) return 1;
  if (bLabel === undefined) return -1;
  return compareParts(aLabel.split('.'), bLabel.split('.'));
}

function isDate(version: string): boolean {
  return /^(?:19|20)\d\d(?:-|$)/.test(version);
}

function split(version: string): [string, string | undefined] {
  const dash = version.indexOf('-');
  return dash < 0 ? [version, undefined] : [version.slice(0, dash), version.slice(dash + 1)];
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i] ?? '';
    const right = b[i] ?? '';
    if (left === right) continue;
    const numbers = /^\d+$/.test(left) && /^\d+$/.test(right);
    if (numbers && Number(left) !== Number(right)) return Number(left) - Number(right);
    if (!numbers) return left < right ? -1 : 1;
  }
  return 0;
}
