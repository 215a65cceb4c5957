import { Alert, Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { DestinationStory } from '../../../api/contract/destinations.ts';
import { act, get } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { StateBadge, type DeliveryState } from '../parts/badges.tsx';
import { CertificatesSeen } from '../parts/certificates.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago, When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { common } from '../words/common.ts';
import { duration, number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { destinationsWords } from './destinations-words.ts';
import { HealthBadge, SloLine } from './now-tables.tsx';

type Cause = DestinationStory['causes'][number];

function Causes({ causes }: { readonly causes: readonly Cause[] }) {
  const words = useWords(destinationsWords), shared = useWords(common);
  const { language } = useLanguage();
  const columns = useMemo((): Column<Cause>[] => [
    { id: 'cause', header: words.cause, by: ({ cause }) => cause.text, cell: ({ cause }) => <>{cause.text} <Text span size="xs" c="dimmed">{cause.code}</Text></> },
    { id: 'state', header: words.state, by: ({ state }) => state, cell: ({ state }) => <StateBadge state={state as DeliveryState} /> },
    { id: 'count', header: words.count, numeric: true, by: ({ count }) => count, cell: ({ count }) => number(count, language) },
    { id: 'oldest', header: words.oldest, by: ({ oldestAt }) => oldestAt, cell: ({ oldestAt }) => <Ago at={oldestAt} /> },
    { id: 'act', header: words.act, by: ({ cause }) => cause.blame ?? '', cell: ({ cause }) => (cause.blame === null ? '–' : shared.blame[cause.blame as keyof typeof shared.blame]) },
    { id: 'advice', header: words.advice, cell: ({ cause }) => cause.advice },
  ], [words, shared, language]);
  return causes.length === 0 ? <Empty>{words.noCause}</Empty> : <DataTable label={words.causes} rows={causes} columns={columns} rowKey={({ state, cause }) => `${state} ${cause.code}`} />;
}

/** The kill switch of a destination. */
function Switch({ id, paused }: { readonly id: string; readonly paused: boolean }) {
  const words = useWords(destinationsWords);
  const [asked, setAsked] = useState(false);
  if (!useMay('operator')) return null;
  const [what, label, title, means] = paused ? ['resume', words.resume, words.resumeTitle(id), words.resumeMeans] as const : ['pause', words.pause, words.pauseTitle(id), words.pauseMeans] as const;
  return (
    <>
      <Button size="xs" variant={paused ? 'filled' : 'default'} onClick={() => { setAsked(true); }}>{label}</Button>
      {asked && <ActDialog title={title} consequence={means} confirm={label} close={() => { setAsked(false); }} act={(reason) => act('POST', `/api/destinations/${encodeURIComponent(id)}/${what}`, { reason })} />}
    </>
  );
}

function Story({ story: { destination, causes, switches, rules, settings } }: { readonly story: DestinationStory }) {
  const words = useWords(destinationsWords);
  const { language } = useLanguage();
  return (
    <Stack gap="md">
      {destination.production && !destination.enabled && <Alert color="orange" variant="outline">{words.notEnabled}</Alert>}
      <Group gap="sm"><HealthBadge destination={destination} /><Badge color={destination.production ? 'red' : 'gray'}>{destination.production ? words.production : words.test}</Badge><Text>{destination.system}</Text><SloLine slo={destination.slo} /></Group>
      <Group gap="md"><Anchor component={Link} to={`/messages?destination=${encodeURIComponent(destination.id)}`}>{words.seeMessages}</Anchor>{destination.deliveries !== null && destination.deliveries.held > 0 && <Anchor component={Link} to="/held">{words.seeHeld}</Anchor>}</Group>
      <section><Title order={2} size="h4" mb="xs">{words.causes}</Title><Causes causes={causes} /></section>
      <section><Title order={2} size="h4" mb="xs">{words.certificates}</Title><CertificatesSeen certificates={destination.certificates} /></section>
      <section>
        <Title order={2} size="h4" mb="xs">{words.switches}</Title>
        {switches.length === 0 ? <Text size="sm">{words.noSwitch}</Text> : <ul>{switches.map((one) => <li key={one.at}><When at={one.at} /> : {one.paused ? words.paused : words.resumed}, {one.by}, {one.why}</li>)}</ul>}
      </section>
      <section>
        <Title order={2} size="h4" mb="xs">{words.settings}</Title>
        <ul>
          <li>{words.rules} : {rules.length === 0 ? words.noRule : rules.join(', ')}</li>
          <li>{words.concurrency} : {number(settings.concurrency, language)}</li>
          <li>{words.attempt} : {duration(settings.attemptMs, language)}</li>
          <li>{words.deadline} : {words.days(number(settings.deadlineDays, language))}</li>
          <li>{words.breaker} : {words.breakerText(number(settings.breakerFailures, language), duration(settings.breakerProbeMs, language))}</li>
        </ul>
      </section>
    </Stack>
  );
}

export function DestinationPage() {
  const words = useWords(destinationsWords);
  const { name = '' } = useParams();
  const story = useQuery({ queryKey: ['destinations', name], refetchInterval: 10_000, queryFn: ({ signal }) => get<DestinationStory>(`/api/destinations/${encodeURIComponent(name)}`, {}, signal) });
  return (
    <>
      <PageHead title={name}>{story.data !== undefined && <Switch id={name} paused={story.data.destination.paused !== null} />}<Anchor component={Link} to="/destinations" size="sm">{words.back}</Anchor></PageHead>
      <Answer of={story}>{(data) => <Story story={data} />}</Answer>
    </>
  );
}
