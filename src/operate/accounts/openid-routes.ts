import { openidReturn, openidStart } from '../api/contract/session.ts';
import { ApiFault } from '../api/fault.ts';
import { sessionCookie } from '../api/router.ts';
import { serve, type Served } from '../api/served.ts';
import type { OpenIdLogin } from './openid.ts';
import type { Sessions } from './sessions.ts';

const pendingCookie = 'openid';

/** The two addresses of the sign-in; without a provider they say so. */
export function openidHandlers(login: OpenIdLogin | null, sessions: Sessions): Served[] {
  const on = (): OpenIdLogin => {
    if (login === null) throw new ApiFault('api.openid-off');
    return login;
  };
  return [
    serve(openidStart, async ({ address, setCookie }) => {
      const { location, cookie } = await on().start(address);
      // Lax: the browser comes back from another site.
      setCookie(pendingCookie, cookie, 'Lax');
      return { location };
    }),
    serve(openidReturn, async ({ query, address, cookie, setCookie, as, undo }) => {
      const provider = on();
      setCookie(pendingCookie, null, 'Lax');
      const given = await provider.finish(query, cookie(pendingCookie));
      const token = sessions.open(given.account, address, given);
      undo(() => { sessions.close(token); });
      const session = sessions.find(token, true);
      if (session !== null && 'caller' in session) as(session.caller);
      setCookie(sessionCookie, token);
      return { location: '/' };
    }),
  ];
}
