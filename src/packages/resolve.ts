/** `id#1.2.3`, `id#1.2.x`, `id@…`, or `id` alone: a package and the versions that will do. */
export interface PackageName { readonly id: string; readonly version: string | undefined }

interface Versioned { readonly id: string; readonly version: string }
interface Dependent extends Versioned { readonly dependencies: Readonly<Record<string, string>> }

export function parsePackageName(name: string): PackageName {
  const [id = '', version] = name.split(/[#@](?=[^#@]*$)/);
  return { id, version };
}

/** Does a version satisfy a wanted one: equal, `1.2.x`, `1.2`, `^1.2.3` or `~1.2.3` (its own minor or major), or any. */
export function satisfies(version: string, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted === '' || wanted === '*' || wanted === 'latest' || wanted === version) return true;
  const range = /^([~^])(\d+)\.(\d+)/.exec(wanted);
  if (range !== null) return version.startsWith(range[1] === '^' ? `${range[2] ?? ''}.` : `${range[2] ?? ''}.${range[3] ?? ''}.`) && compare(version, wanted.slice(1)) >= 0;
  return version.startsWith(`${wanted.replace(/(?:\.[x*])+$/, '')}.`);
}

/** The highest version that satisfies a name; undefined when there is none. A label (`-ballot`) comes before its release. */
export function highest<P extends Versioned>(packages: readonly P[], { id, version }: PackageName): P | undefined {
  return packages.filter(one => one.id === id && satisfies(one.version, version)).sort((a, b) => compare(b.version, a.version))[0];
}

/** Packages with the dependencies that are at hand, each before what depends on it. */
export function dependenciesOf<P extends Dependent>(wanted: readonly P[], there: readonly P[]): P[] {
  const ordered: P[] = [];
  const visit = (one: P, above: readonly P[]): void => {
    if (ordered.includes(one) || above.includes(one)) return;
    for (const [id, version] of Object.entries(one.dependencies)) {
      const found = highest(there, { id, version });
      if (found !== undefined) visit(found, [...above, one]);
    }
    ordered.push(one);
  };
  for (const one of wanted) visit(one, []);
  return ordered;
}

function compare(left: string, right: string): number {
  const [a = '', aLabel] = left.split(/-(.*)/s);
  const [b = '', bLabel] = right.split(/-(.*)/s);
  const x = a.split('.');
  const y = b.split('.');
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = Number(x[i] ?? 0) - Number(y[i] ?? 0);
    if (difference !== 0) return Number.isNaN(difference) ? a.localeCompare(b) : difference;
  }
  if (aLabel === bLabel) return 0;
  return aLabel === undefined ? 1 : bLabel === undefined ? -1 : aLabel.localeCompare(bLabel);
}
