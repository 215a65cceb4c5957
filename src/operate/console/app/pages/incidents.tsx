import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Incident, IncidentsAnswer } from '../../../api/contract/incidents.ts';
import { act, get } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { Ago, When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { useWords } from '../words/language.tsx';
import { MaintenanceWindows } from './incidents-maintenance.tsx';
import { incidentsWords } from './incidents-words.ts';

const colour = { information: 'blue', warning: 'orange', critical: 'red' } as const;
const everyMs = 10_000, pageRows = 50, shortestNote = 3;

function Notices({ notices }: { readonly notices: Incident['notices'] }) {
  const words = useWords(incidentsWords);
  if (notices.length === 0) return null;
  return <Text size="xs" c="dimmed">{words.notices} : {notices.map(({ what, channel, state }) => `${channel}, ${words.what[what]}, ${words.notice[state]}`).join(' · ')}</Text>;
}

function OneIncident({ incident, mayAct }: { readonly incident: Incident; readonly mayAct: boolean }) {
  const words = useWords(incidentsWords);
  const [asked, setAsked] = useState(false);
  const { id, kind, object, severity, state, openedAt, closedAt, title, text, advice, summary, acknowledged, inMaintenance, notices } = incident;
  return (
    <Paper withBorder p="sm" component="article" aria-label={title}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs"><Badge color={colour[severity]}>{words.severity[severity]}</Badge><Badge color="gray">{words.kind[kind]}</Badge><Title order={2} size="h5">{title}</Title>{inMaintenance && <Badge color="gray">{words.inMaintenance}</Badge>}</Group>
        {state === 'open' && acknowledged === null && mayAct && <Button size="xs" variant="default" onClick={() => { setAsked(true); }} aria-label={`${words.acknowledge} : ${title}`}>{words.acknowledge}</Button>}
      </Group>
      <Text size="sm">{object.name} · {closedAt === null ? <>{words.since} <When at={openedAt} /> (<Ago at={openedAt} />)</> : <>{words.lasted} <When at={closedAt} /></>}</Text>
      <Text size="sm">{state === 'closed' && summary !== null ? summary : text}</Text>
      {state === 'open' && <Text size="sm"><strong>{words.advice} : </strong>{advice}</Text>}
      {acknowledged !== null && <Text size="sm">{words.acknowledged(acknowledged.by, acknowledged.note)}</Text>}
      <Notices notices={notices} />
      {asked && <ActDialog title={words.acknowledgeTitle} consequence={words.acknowledgeMeans} confirm={words.acknowledge} least={shortestNote} close={() => { setAsked(false); }} act={(note) => act('POST', `/api/incidents/${id}/acknowledge`, { note })} />}
    </Paper>
  );
}

export function IncidentsPage() {
  const words = useWords(incidentsWords);
  const mayAct = useMay('operator');
  const [state, setState] = useState<'open' | 'closed'>('open');
  const pages = useInfiniteQuery({
    queryKey: ['incidents', 'list', state], refetchInterval: everyMs, initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => get<IncidentsAnswer>('/api/incidents', { state, limit: pageRows, cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <>
      <PageHead title={words.title}><SegmentedControl size="xs" aria-label={words.list} value={state} onChange={(chosen) => { setState(chosen); }} data={[{ value: 'open', label: words.open }, { value: 'closed', label: words.closed }]} /></PageHead>
      <Stack gap="md">
        <Answer of={pages}>{(data) => {
          const incidents = data.pages.flatMap((page) => page.incidents);
          return incidents.length === 0 ? <Empty>{state === 'open' ? words.empty : words.emptyClosed}</Empty> : <Stack gap="sm">{incidents.map((one) => <OneIncident key={one.id} incident={one} mayAct={mayAct} />)}</Stack>;
        }}</Answer>
        {pages.hasNextPage && <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => { void pages.fetchNextPage(); }}>{words.more}</Button>}
        <MaintenanceWindows mayAct={mayAct} />
      </Stack>
    </>
  );
}
