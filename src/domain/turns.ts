/** Works of one key go one after the other, in the order they were asked for; those of others beside them. */
export type Turns = <T>(key: number, work: () => Promise<T>) => Promise<T>;

export function turns(): Turns {
  const last = new Map<number, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try { return await mine; } finally { if (last.get(key) === mine) last.delete(key); }
  };
}
