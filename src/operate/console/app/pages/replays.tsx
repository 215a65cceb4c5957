import { Anchor, Badge, Button, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { ReplayPage, ReplayRow } from '../../../api/contract/replays.ts';
import { get } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { NewReplayForm } from './replays-new.tsx';
import { replaysWords } from './replays-words.ts';

const everyMs = 5000;
const colours = { draft: 'gray', running: 'blue', paused: 'orange', done: 'green', cancelled: 'gray' } as const;

export function ReplayState({ state }: { readonly state: ReplayRow['state'] }) {
  const words = useWords(replaysWords);
  return <Badge color={colours[state]}>{words.states[state]}</Badge>;
}

export function ReplayProgress({ plan: { sent, skipped, total } }: { readonly plan: ReplayRow }) {
  const words = useWords(replaysWords);
  const { language } = useLanguage();
  const said = words.progressOf(number(sent, language), number(total, language), number(skipped, language));
  return <><Progress.Root size="sm"><Progress.Section value={total === 0 ? 0 : 100 * (sent + skipped) / total} aria-label={said} /></Progress.Root><Text size="xs">{said}</Text></>;
}

/** Replays as plans: what was made, how far it is, and the form for another one. */
export function ReplaysPage() {
  const words = useWords(replaysWords);
  const { language } = useLanguage();
  const operator = useMay('operator');
  const [making, setMaking] = useState(false);
  const replays = useQuery({ queryKey: ['replays'], refetchInterval: everyMs, queryFn: ({ signal }) => get<ReplayPage>('/api/replays', {}, signal) });
  const columns = useMemo((): Column<ReplayRow>[] => [
    { id: 'id', header: words.number, by: ({ id }) => id, cell: ({ id }) => <Anchor component={Link} to={`/replays/${String(id)}`}>{words.one(String(id))}</Anchor> },
    { id: 'state', header: words.state, by: ({ state }) => state, cell: ({ state }) => <ReplayState state={state} /> },
    { id: 'progress', header: words.progress, by: ({ left }) => left, cell: (plan) => <ReplayProgress plan={plan} /> },
    { id: 'rate', header: words.perMinute, numeric: true, by: ({ perMinute }) => perMinute, cell: ({ perMinute }) => number(perMinute, language) },
    { id: 'made', header: words.made, by: ({ made }) => made.at, cell: ({ made }) => <When at={made.at} /> },
    { id: 'by', header: words.by, by: ({ made }) => made.by, cell: ({ made }) => made.by }, { id: 'why', header: words.why, cell: ({ made }) => made.why },
  ], [words, language]);
  return (
    <>
      <PageHead title={words.title}>{operator && <Button aria-expanded={making} onClick={() => { setMaking(!making); }}>{words.make}</Button>}</PageHead>
      <Stack gap="md">
        <Text>{words.intro}</Text>
        {making && <NewReplayForm />}
        <Answer of={replays}>{({ replays: rows }) => (rows.length === 0 ? <Empty>{words.empty}</Empty> : <DataTable label={words.title} rows={rows} columns={columns} rowKey={({ id }) => id} />)}</Answer>
      </Stack>
    </>
  );
}
