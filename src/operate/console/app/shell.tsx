import { AppShell, Burger, Button, Group, Menu, NavLink, Text, Title, useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useSession, useSessionActs } from './api/session.tsx';
import type { PageEntry } from './pages.tsx';
import { LastDone } from './parts/said.tsx';
import { shellWords } from './words/shell.ts';
import { common } from './words/common.ts';
import { zoneOf } from './words/format.ts';
import { useLanguage, useWords } from './words/language.tsx';

/** French is the page's own; English is one click away, and the other way round. */
export function LanguageButton() {
  const { language, choose } = useLanguage();
  const other = language === 'fr' ? 'en' : 'fr';
  return <Button variant="default" size="xs" lang={other} onClick={() => { choose(other); }}>{other === 'en' ? 'English' : 'Français'}</Button>;
}

export function ThemeButton() {
  const words = useWords(shellWords);
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return <Button variant="default" size="xs" onClick={() => { setColorScheme(dark ? 'light' : 'dark'); }}>{dark ? words.light : words.dark}</Button>;
}

const isHere = (path: string, here: string): boolean => (path === '/' ? here === '/' : here === path || here.startsWith(`${path}/`));

function Account() {
  const words = useWords(shellWords), shared = useWords(common);
  const { account, role, passwordHere } = useSession();
  const { logout } = useSessionActs();
  const go = useNavigate();
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="subtle" size="xs" aria-label={words.accountMenu(account)}>{account}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.signedInAs(shared.role[role])}</Menu.Label>
        {passwordHere && <Menu.Item onClick={() => { void go('/password'); }}>{words.changePassword}</Menu.Item>}
        <Menu.Item onClick={() => { void logout().then(() => go('/')); }}>{words.logout}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The frame of every page: a way past the navigation, the pages of the role, language, theme, account. */
export function Shell({ pages, children }: { readonly pages: readonly PageEntry[]; readonly children: ReactNode }) {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const [open, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // A page's title never names what is shown in it: it stays in the browser's history.
  const here = pages.find(({ path }) => isHere(path, pathname));
  useEffect(() => { document.title = here === undefined ? 'Passerelle' : `${here.label[language]} · Passerelle`; }, [here, language]);
  useEffect(() => { close(); }, [pathname, close]);
  // Another page begins at its beginning, for who reads by keyboard or by ear: what had the focus is gone with the page before (WCAG 2.4.3).
  const [shown, setShown] = useState(pathname);
  useEffect(() => {
    if (shown === pathname) return;
    setShown(pathname);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname, shown]);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !open } }} padding="md">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{words.skip}</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={open ? words.closeMenu : words.openMenu} aria-expanded={open} />
            <Link to="/" className="brand"><Text component="span" fw={700}>Passerelle</Text></Link>
          </Group>
          <Group gap="xs" wrap="nowrap" className="tools"><LanguageButton /><ThemeButton /><Account /></Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={words.navigation}>
        {pages.map(({ path, label }) => <NavLink key={path} component={Link} to={path} label={label[language]} active={isHere(path, pathname)} {...(isHere(path, pathname) ? { 'aria-current': 'page' as const } : {})} />)}
        <Text size="xs" c="dimmed" mt="auto" p="xs">{words.zone(zoneOf(Date.now(), language))}</Text>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}><LastDone />{children}</AppShell.Main>
    </AppShell>
  );
}

/** A page's heading with what may be done there. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return <Group justify="space-between" mb="md" gap="sm" className="page-head"><Title order={1} size="h2">{title}</Title>{children !== undefined && <Group gap="xs">{children}</Group>}</Group>;
}
