import { Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { SessionProvider, mayAs, useSessionQuery } from './api/session.tsx';
import { LoginPage } from './pages/login.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { PasswordPage } from './pages/password.tsx';
import { pages } from './pages.tsx';
import { Failed, Loading } from './parts/states.tsx';
import { Broken } from './parts/broken.tsx';
import { Shell } from './shell.tsx';

/** Who is signed in decides what there is: the login, the password to change, or the pages of the role. */
export function Console() {
  const session = useSessionQuery();
  if (session.data === undefined) return session.isError ? <main className="alone"><Failed error={session.error} again={() => { void session.refetch(); }} /></main> : <main className="alone"><Loading /></main>;
  if (!session.data.signedIn) return <LoginPage openid={session.data.openid} />;
  const { data } = session;
  if (data.passwordMustChange) return <SessionProvider session={data}><main className="alone"><PasswordPage /></main></SessionProvider>;
  const allowed = pages.filter(({ role }) => mayAs(data.role, role));
  const [first] = allowed;
  return (
    <SessionProvider session={data}>
      <Shell pages={allowed}>
        <Broken>
          <Suspense fallback={<Loading />}>
            <Routes>
              {first !== undefined && first.path !== '/' && <Route path="/" element={<first.Page />} />}
              {allowed.map(({ path, Page, inner = [] }) => [<Route key={path} path={path} element={<Page />} />, ...inner.map((one) => <Route key={one.path} path={one.path} element={<one.Page />} />)])}
              <Route path="/password" element={<PasswordPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </Broken>
      </Shell>
    </SessionProvider>
  );
}
