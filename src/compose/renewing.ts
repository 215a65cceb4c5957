import type { Connector } from '../deliver/connector.ts';

/** A connector that is opened anew when its certificates are renewed. */
export interface Renewing { readonly connector: Connector; /** Throws what the opening throws; the one in use then stays. */ renew(): void }

/**
 * Requests begun with the old certificates end with them; the next ones use the new. What a connector keeps between two
 * requests (an open connection, a late answer awaited) begins anew.
 */
export function renewing(open: () => Connector): Renewing {
  let current = { inner: open(), busy: 0, retired: false };
  const closing = new Set<Promise<void>>();
  const close = ({ inner }: typeof current): void => {
    const closed = inner.close().catch(() => undefined).finally(() => closing.delete(closed));
    closing.add(closed);
  };
  const using = async <T>(work: (inner: Connector) => Promise<T>): Promise<T> => {
    const used = current;
    used.busy += 1;
    try { return await work(used.inner); } finally {
      used.busy -= 1;
      if (used.retired && used.busy === 0) close(used);
    }
  };
  return {
    connector: {
      check: () => using((inner) => inner.check()),
      ...(current.inner.resolve === undefined ? {} : { resolve: (work, signal, earlier, attempt) => using(async (inner) => (await inner.resolve?.(work, signal, earlier, attempt)) ?? { answers: earlier ?? {} }) }),
      send: (sending, signal) => using((inner) => inner.send(sending, signal)),
      lookup: (sending, signal) => using((inner) => inner.lookup(sending, signal)),
      close: async () => { await current.inner.close(); await Promise.all(closing); },
    },
    renew: () => {
      const next = { inner: open(), busy: 0, retired: false };
      const before = current;
      current = next;
      before.retired = true;
      if (before.busy === 0) close(before);
    },
  };
}
