/** Work cut into steps; what its last one returns is the result. */
export type Steps<T> = Generator<undefined, T, undefined>;
export type Ended<T> = { readonly id: number; readonly value: T } | { readonly id: number; readonly error: unknown };

/**
 * Runs several jobs abreast: the first step of each, then the second of each. What one step needs (code, tables) then stays in
 * the processor's cache from one job to the next. A job that throws ends alone.
 * @param runs told which job runs, before each of its steps
 */
export function abreast<T>(jobs: readonly { readonly id: number; readonly steps: Steps<T> }[], runs: (id: number) => void): Ended<T>[] {
  const ended: Ended<T>[] = [];
  const goesOn = ({ id, steps }: (typeof jobs)[number]): boolean => {
    runs(id);
    try {
      const { done, value } = steps.next();
      if (done === true) ended.push({ id, value });
      return done !== true;
    } catch (error) {
      ended.push({ id, error });
      return false;
    }
  };
  for (let open = jobs; open.length > 0;) open = open.filter(goesOn);
  return ended;
}

/** How many of the first jobs run abreast: `most`, and no more than `bytes` in all, but one at least. */
export function together(sizes: readonly number[], most: number, bytes: number): number {
  let sum = 0;
  const cut = sizes.findIndex((size, i) => { sum += size; return i >= most || (i > 0 && sum > bytes); });
  return cut < 0 ? sizes.length : cut;
}
