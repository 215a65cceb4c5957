/** Lines that differ between two texts: all between the first and the last that do. `line`: of the first one, from 1. */
export interface Change { readonly line: number; readonly was: readonly string[]; readonly becomes: readonly string[] }

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);

/** Whatever ends their lines. Null when they are the same. */
export function changeOf(before: string, after: string): Change | null {
  const [was, becomes] = [linesOf(before), linesOf(after)];
  const least = Math.min(was.length, becomes.length);
  let first = 0, last = 0;
  while (first < least && was[first] === becomes[first]) first++;
  while (last < least - first && was[was.length - 1 - last] === becomes[becomes.length - 1 - last]) last++;
  if (first === was.length && first === becomes.length) return null;
  return { line: first + 1, was: was.slice(first, was.length - last), becomes: becomes.slice(first, becomes.length - last) };
}
