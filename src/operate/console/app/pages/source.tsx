import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import type { SourceProfile } from '../../../api/contract/incidents.ts';
import type { SourceStory } from '../../../api/contract/sources.ts';
import { get } from '../api/client.ts';
import { DispositionBadge, type DispositionShown } from '../parts/badges.tsx';
import { CertificatesSeen } from '../parts/certificates.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago, useNow, When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { common } from '../words/common.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { SourceWeek } from './source-week.tsx';
import { listenersOf } from './sources.tsx';
import { sourcesWords } from './sources-words.ts';

type Finding = SourceStory['findings'][number];

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const words = useWords(sourcesWords), shared = useWords(common);
  const { language } = useLanguage();
  const columns = useMemo((): Column<Finding>[] => [
    { id: 'cause', header: words.cause, by: ({ cause }) => cause.text, cell: ({ cause }) => <>{cause.text} <Text span size="xs" c="dimmed">{cause.code}</Text></> },
    { id: 'count', header: words.count, numeric: true, by: ({ count }) => count, cell: ({ count }) => number(count, language) },
    { id: 'act', header: words.act, by: ({ cause }) => cause.blame ?? '', cell: ({ cause }) => (cause.blame === null ? '–' : shared.blame[cause.blame as keyof typeof shared.blame]) },
    { id: 'advice', header: words.advice, cell: ({ cause }) => cause.advice },
  ], [words, shared, language]);
  return findings.length === 0 ? <Empty>{words.noFinding}</Empty> : <DataTable label={words.findings} rows={findings} columns={columns} rowKey={({ cause }) => cause.code} />;
}

function Story({ story: { source, types, outcomes, findings, latest, lookedAt } }: { readonly story: SourceStory }) {
  const words = useWords(sourcesWords);
  const { language } = useLanguage();
  return (
    <>
      <Group gap="lg">
        <Text>{words.organisation} : {source.organisation}</Text><Text>{words.listeners} : {listenersOf(source)}</Text><Text>{words.timeZone} : {source.timeZone}</Text>
        <Text>{words.answersTo} : {source.answersTo ?? words.none}</Text><Text>{words.last} : {source.received === null ? '–' : <Ago at={source.lastAt} />}</Text>
        <Anchor component={Link} to={`/messages?source=${encodeURIComponent(source.id)}`}>{words.seeMessages}</Anchor>
      </Group>
      {source.certificates.length > 0 && <section><Title order={2} size="h4" mb="xs">{words.certificates}</Title><CertificatesSeen certificates={source.certificates} /></section>}
      <section><Title order={2} size="h4" mb="xs">{words.findings}</Title><Findings findings={findings} /></section>
      <section>
        <Title order={2} size="h4" mb="xs">{words.types}</Title>
        <Text size="sm" c="dimmed">{words.lookedAt(number(lookedAt, language))}</Text>
        <ul>{types.map(({ type, count }) => <li key={type}>{type} : {number(count, language)}</li>)}</ul>
        <Title order={2} size="h4" mb="xs">{words.outcomes}</Title>
        <ul>{outcomes.map(({ outcome, count }) => <li key={outcome}><DispositionBadge disposition={outcome as DispositionShown} /> {number(count, language)}</li>)}</ul>
      </section>
      <section>
        <Title order={2} size="h4" mb="xs">{words.latest}</Title>
        {latest.length === 0 ? <Empty>{words.noMessage}</Empty> : <ul>{latest.map(({ trace, receivedAt, type, disposition }) => <li key={trace}><Anchor component={Link} to={`/messages/${trace}`}><When at={receivedAt} /></Anchor> {type} <DispositionBadge disposition={disposition} /></li>)}</ul>}
      </section>
    </>
  );
}

export function SourcePage() {
  const words = useWords(sourcesWords);
  const now = useNow(60_000);
  const { name = '' } = useParams();
  const path = `/api/sources/${encodeURIComponent(name)}`;
  const story = useQuery({ queryKey: ['sources', name], refetchInterval: 10_000, queryFn: ({ signal }) => get<SourceStory>(path, {}, signal) });
  const profile = useQuery({ queryKey: ['sources', name, 'profile'], enabled: story.data !== undefined && story.data.source.received !== null, refetchInterval: 60_000, queryFn: ({ signal }) => get<SourceProfile>(`${path}/profile`, {}, signal) });
  return (
    <>
      <PageHead title={name}><Anchor component={Link} to="/sources" size="sm">{words.back}</Anchor></PageHead>
      <Stack gap="md">
        {profile.data !== undefined && <SourceWeek profile={profile.data} now={now} />}
        <Answer of={story}>{(data) => <Story story={data} />}</Answer>
      </Stack>
    </>
  );
}
