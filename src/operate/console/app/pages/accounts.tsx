import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Account, AccountWritten } from '../../../api/contract/accounts.ts';
import { act, get } from '../api/client.ts';
import { useSession } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Answer } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { common } from '../words/common.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { Sessions } from './accounts-sessions.tsx';
import { AccountForm } from './accounts-form.tsx';
import { accountsWords } from './accounts-words.ts';

type Asked = { readonly what: 'add' } | { readonly what: 'change' | 'password' | 'remove'; readonly account: Account };
const pathOf = ({ name }: Account): string => `/api/accounts/${encodeURIComponent(name)}`;

/** Shown once: in this component's memory only, until it is put away. */
function OneTimePassword({ written: { account, oneTimePassword }, away }: { readonly written: AccountWritten; readonly away: () => void }) {
  const words = useWords(accountsWords);
  if (oneTimePassword === null) return null;
  return (
    <Alert color="bridge" variant="outline" role="status" title={words.shownOnce(account.name)}>
      <Text fz={22} component="p" m={0}><code>{oneTimePassword}</code></Text>
      <Text size="sm" mb="xs">{words.shownOnceHelp}</Text>
      <Button size="xs" onClick={away}>{words.noted}</Button>
    </Alert>
  );
}

function Table({ accounts, ask }: { readonly accounts: readonly Account[]; readonly ask: (asked: Asked) => void }) {
  const words = useWords(accountsWords), shared = useWords(common);
  const { language } = useLanguage();
  const { account: mine } = useSession();
  const columns = useMemo((): Column<Account>[] => [
    { id: 'name', header: words.name, by: ({ name }) => name, cell: ({ name, passwordMustChange }) => <>{name}{name === mine && ` (${words.you})`}{passwordMustChange && <Badge ml={6} color="orange">{words.mustChange}</Badge>}</> },
    { id: 'role', header: words.role, by: ({ role }) => role, cell: ({ role }) => shared.role[role] },
    { id: 'scope', header: words.scope, cell: ({ organisation, sources, destinations }) => [organisation === null ? '' : `${words.organisation} ${organisation}`, ...sources, ...destinations].filter((one) => one !== '').join(', ') || words.everything },
    { id: 'last', header: words.last, by: ({ lastLoginAt }) => lastLoginAt ?? 0, cell: ({ lastLoginAt }) => <Ago at={lastLoginAt} /> },
    { id: 'sessions', header: words.sessions, numeric: true, by: ({ sessions }) => sessions, cell: ({ sessions }) => number(sessions, language) },
    { id: 'acts', header: words.acts, cell: (account) => (
      <Group gap={6}>
        <Button size="compact-xs" variant="default" onClick={() => { ask({ what: 'change', account }); }} aria-label={words.changeTitle(account.name)}>{words.change}</Button>
        <Button size="compact-xs" variant="default" onClick={() => { ask({ what: 'password', account }); }} aria-label={words.newPasswordTitle(account.name)}>{words.newPassword}</Button>
        {account.name !== mine && <Button size="compact-xs" variant="default" onClick={() => { ask({ what: 'remove', account }); }} aria-label={words.removeTitle(account.name)}>{words.remove}</Button>}
      </Group>
    ) },
  ], [words, shared, language, mine, ask]);
  return <DataTable label={words.list} rows={accounts} columns={columns} rowKey={({ name }) => name} />;
}

export function AccountsPage() {
  const words = useWords(accountsWords);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [written, setWritten] = useState<AccountWritten | null>(null);
  const list = useQuery({ queryKey: ['accounts'], queryFn: ({ signal }) => get<{ accounts: Account[] }>('/api/accounts', {}, signal) });
  const close = (): void => { setAsked(null); };
  return (
    <>
      <PageHead title={words.title}><Button size="xs" onClick={() => { setAsked({ what: 'add' }); }}>{words.add}</Button></PageHead>
      <Stack gap="md">
        {written !== null && <OneTimePassword written={written} away={() => { setWritten(null); }} />}
        <Answer of={list}>{({ accounts }) => <Table accounts={accounts} ask={setAsked} />}</Answer>
        <Sessions />
      </Stack>
      {asked?.what === 'add' && <AccountForm account={null} close={close} written={setWritten} />}
      {asked?.what === 'change' && <AccountForm account={asked.account} close={close} written={setWritten} />}
      {asked?.what === 'password' && <ActDialog title={words.newPasswordTitle(asked.account.name)} consequence={words.newPasswordMeans} confirm={words.newPassword} withReason={false} close={close} act={async () => { setWritten(await act<AccountWritten>('PATCH', pathOf(asked.account), { newPassword: true })); }} />}
      {asked?.what === 'remove' && <ActDialog title={words.removeTitle(asked.account.name)} consequence={words.removeMeans} confirm={words.remove} grave withReason={false} close={close} act={() => act('DELETE', pathOf(asked.account))} />}
    </>
  );
}
