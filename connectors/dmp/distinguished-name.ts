/** RFC 2253 §2.4: what must be escaped in a value. */
const escaped = (value: string): string => value.replace(/[,+"\\<>;]/g, '\\$&').replace(/^[ #]|(?<!\\) $/g, '\\$&');

/**
 * The subject or issuer of a certificate, as Node prints it (one `TYPE=value` a line, country first), as one line. Node's own
 * names are those wanted: `ST`, not `S`; `GN`, not `G` (dmp.md §1.3).
 */
export function distinguishedName(lines: string, order: 'country-first' | 'country-last'): string {
  const parts = lines.split('\n').filter((line) => line !== '').map((line) => {
    const equals = line.indexOf('=');
    return `${line.slice(0, equals)}=${escaped(line.slice(equals + 1).replace(/\\(.)/g, '$1'))}`;
  });
  return order === 'country-first' ? parts.join(', ') : parts.reverse().join(',');
}

/** Organisational units of a name: the structure of an IGC-Santé certificate stands there. */
export const unitsOf = (lines: string): string[] => lines.split('\n').filter((line) => line.startsWith('OU=')).map((line) => line.slice(3));
