import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, type ReactNode } from 'react';
import type { Role } from '../../../api/contract/route.ts';
import type { SignedIn, SignedOut } from '../../../api/contract/session.ts';
import { act, get, onSessionEnd, speak, takeCsrf } from './client.ts';
import { sayNothing } from '../parts/said.tsx';
import { useLanguage } from '../words/language.tsx';

export type Session = SignedIn | SignedOut;
const key = ['session'] as const;

/** The session, asked again when the window comes back: another tab may have closed it. */
export function useSessionQuery() {
  const client = useQueryClient();
  const { language } = useLanguage();
  speak(language);
  useEffect(() => { onSessionEnd(() => { void client.invalidateQueries({ queryKey: key }); }); }, [client]);
  return useQuery({
    queryKey: key, refetchOnWindowFocus: true, staleTime: 60_000,
    queryFn: async ({ signal }) => { const found = await get<Session>('/api/session', {}, signal); takeCsrf(found.signedIn ? found.csrf : ''); return found; },
  });
}

/** What the pages of one account have learnt is forgotten with its session. */
export function useSessionActs() {
  const client = useQueryClient();
  const become = (session: Session): void => {
    takeCsrf(session.signedIn ? session.csrf : '');
    sayNothing();
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
    client.setQueryData(key, session);
  };
  return {
    login: async (account: string, password: string) => { become(await act<SignedIn>('POST', '/api/session', { account, password })); },
    changePassword: async (present: string, wanted: string) => { become(await act<SignedIn>('PUT', '/api/session/password', { present, wanted })); },
    logout: async () => { await act('DELETE', '/api/session'); become(await get<Session>('/api/session')); },
  };
}

const Current = createContext<SignedIn | null>(null);
export const SessionProvider = ({ session, children }: { readonly session: SignedIn; readonly children: ReactNode }) => <Current value={session}>{children}</Current>;
/** Below the shell only. */
export function useSession(): SignedIn {
  const session = use(Current);
  if (session === null) throw new Error('no session here');
  return session;
}

const ranks: Record<Role, number> = { vendor: 0, viewer: 1, operator: 2, administrator: 3 };
/** Whether a role may what another may; a vendor is apart (src/operate/api/contract/route.ts). */
export const mayAs = (role: Role, wanted: Role): boolean => (wanted === 'vendor' ? role !== 'viewer' : ranks[role] >= ranks[wanted]);
export const useMay = (wanted: Role): boolean => mayAs(useSession().role, wanted);
