import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { SessionRow, SessionsAnswer } from '../../../api/contract/sessions.ts';
import { act, get } from '../api/client.ts';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Answer } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago, When } from '../parts/when.tsx';
import { common } from '../words/common.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { dateTime } from '../words/format.ts';
import { accountsWords } from './accounts-words.ts';

interface Asked { readonly row: SessionRow; readonly all: boolean }
const everyMs = 15_000;

/** Who is signed in now, from where; a session that should not be open is closed here. */
export function Sessions() {
  const words = useWords(accountsWords), shared = useWords(common);
  const { language } = useLanguage();
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useQuery({ queryKey: ['sessions'], refetchInterval: everyMs, queryFn: ({ signal }) => get<SessionsAnswer>('/api/sessions', {}, signal) });
  const several = useMemo(() => new Map(Object.entries(Object.groupBy(list.data?.sessions ?? [], ({ account }) => account)).map(([account, rows]) => [account, rows?.length ?? 0])), [list.data]);
  const columns = useMemo((): Column<SessionRow>[] => [
    { id: 'account', header: words.name, by: ({ account }) => account, cell: ({ account, own, role, openid }) => <>{account}{own && ` (${words.this})`}<Text size="xs" c="dimmed">{shared.role[role]}{openid ? ', OpenID Connect' : ''}</Text></> },
    { id: 'from', header: words.from, by: ({ address }) => address ?? '', cell: ({ address }) => address ?? words.unknown },
    { id: 'started', header: words.started, by: ({ startedAt }) => startedAt, cell: ({ startedAt }) => <When at={startedAt} /> },
    { id: 'used', header: words.used, by: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => <Ago at={lastUsedAt} /> },
    { id: 'ends', header: words.ends, by: ({ endsAt }) => endsAt, cell: ({ endsAt }) => <Ago at={endsAt} /> },
    { id: 'acts', header: words.acts, cell: (row) => (row.own ? null : (
      <Group gap={6}>
        <Button size="compact-xs" variant="default" aria-label={`${words.closeTitle(row.account)}, ${dateTime(row.startedAt, language)}`} onClick={() => { setAsked({ row, all: false }); }}>{words.closeIt}</Button>
        {(several.get(row.account) ?? 0) > 1 && <Button size="compact-xs" variant="default" aria-label={`${words.closeAllTitle(row.account)}, ${dateTime(row.startedAt, language)}`} onClick={() => { setAsked({ row, all: true }); }}>{words.closeAll}</Button>}
      </Group>
    )) },
  ], [words, shared, language, several]);
  const close = (): void => { setAsked(null); };
  return (
    <section>
      <Title order={2} size="h4" mb="xs">{words.open}</Title><Text size="sm" c="dimmed" mb="xs">{words.openHelp}</Text>
      <Answer of={list}>{({ sessions }) => <DataTable label={words.open} rows={sessions} columns={columns} rowKey={({ id }) => id} />}</Answer>
      {asked !== null && <ActDialog title={asked.all ? words.closeAllTitle(asked.row.account) : words.closeTitle(asked.row.account)} consequence={words.closeMeans(asked.row.account)} confirm={words.closeIt} withReason={false} close={close} act={() => (asked.all ? act('POST', '/api/sessions/revoke', { account: asked.row.account }) : act('DELETE', `/api/sessions/${encodeURIComponent(asked.row.id)}`))} />}
    </section>
  );
}
