import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { MessageQuery } from '../../../api/contract/messages.ts';

export type Filter = Omit<MessageQuery, 'cursor' | 'limit'>;
const texts = ['source', 'type', 'disposition', 'state', 'destination'] as const;
const times = ['from', 'to'] as const;

export function filterOf(address: URLSearchParams): Filter {
  const given = texts.flatMap((name) => { const value = address.get(name); return value === null || value === '' ? [] : [[name, value] as const]; });
  const moments = times.flatMap((name) => { const value = Number(address.get(name)); return Number.isSafeInteger(value) && value > 0 ? [[name, value] as const] : []; });
  return Object.fromEntries<string | number>([...given, ...moments]);
}

/** The filters are the address: it can be kept, sent and gone back to. They name no patient. */
export function useFilter() {
  const [address, setAddress] = useSearchParams();
  const filter = useMemo(() => filterOf(address), [address]);
  const change = useCallback((changed: Readonly<Partial<Record<keyof Filter | 'live', string | number | undefined>>>) => {
    // Of the address as it is, not as it was when this was drawn: two changes may come before the next drawing.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changed)) { if (value === undefined || value === '') next.delete(name); else next.set(name, String(value)); }
    setAddress(next, { replace: true });
  }, [setAddress]);
  const replace = useCallback((next: Filter) => { setAddress(Object.entries(next).map(([name, value]): [string, string] => [name, String(value)])); }, [setAddress]);
  return { filter, live: address.get('live') === '1', change, replace };
}
