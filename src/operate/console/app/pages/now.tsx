import { Alert, Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { IncidentsAnswer } from '../../../api/contract/incidents.ts';
import type { Now } from '../../../api/contract/now.ts';
import { get } from '../api/client.ts';
import { Figure } from '../parts/figure.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { PageHead } from '../shell.tsx';
import { clockTime, number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { Conservation } from './now-conservation.tsx';
import { FlowChart } from './now-flow.tsx';
import { lastWhole } from './now-rates.ts';
import { DestinationsNow, SourcesNow } from './now-tables.tsx';
import { nowWords } from './now-words.ts';
import { Ago } from '../parts/when.tsx';

const everyMs = 3000;
/** Figures that a scoped account is not told have no sum. */
const told = (counts: readonly (number | null)[]): number | null => counts.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);

export function NowPage() {
  const words = useWords(nowWords);
  const { language } = useLanguage();
  const now = useQuery({ queryKey: ['now'], refetchInterval: everyMs, queryFn: ({ signal }) => get<Now>('/api/now', {}, signal) });
  const incidents = useQuery({ queryKey: ['incidents', 'open'], refetchInterval: 3 * everyMs, queryFn: ({ signal }) => get<IncidentsAnswer>('/api/incidents', { state: 'open', limit: 20 }, signal) });
  return (
    <>
      <PageHead title={words.title}>{now.data !== undefined && <Text size="sm" c="dimmed">{words.asOf(clockTime(now.data.at, language))}</Text>}</PageHead>
      <Answer of={now}>{(data) => {
        const waiting = told(data.destinations.map(({ deliveries }) => (deliveries === null ? null : deliveries.waiting + deliveries.sending)));
        const oldest = data.destinations.reduce<number | null>((least, { oldestAt }) => (oldestAt === null ? least : Math.min(least ?? oldestAt, oldestAt)), null);
        const rate = told(data.sources.map(({ received }) => lastWhole(received)));
        return (
          <Stack gap="md">
            {data.journalPaused && <Alert color="red" variant="outline" role="alert">{words.journalPaused}</Alert>}
            <Verdict now={data} incidents={incidents.data?.incidents.length ?? 0} />
            <div className="figures">
              <Figure label={words.perMinute} value={number(rate, language)} />
              <Figure label={words.waiting} value={number(waiting, language)} more={waiting === 0 || waiting === null ? null : <>{words.oldest} : <Ago at={oldest} /></>} />
              <Figure label={words.held} value={number(data.held, language)} alarming={data.held > 0} more={<Anchor component={Link} to="/held" size="sm">{words.seeHeld}</Anchor>} />
              {data.quarantined !== null && <Figure label={words.quarantined} value={number(data.quarantined, language)} alarming={data.quarantined > 0} more={<Anchor component={Link} to="/held" size="sm">{words.seeHeld}</Anchor>} />}
              {incidents.data !== undefined && <Figure label={words.incidents} value={number(incidents.data.incidents.length, language)} alarming={incidents.data.incidents.length > 0} more={<Anchor component={Link} to="/incidents" size="sm">{words.seeIncidents}</Anchor>} />}
            </div>
            {incidents.data !== undefined && incidents.data.incidents.length > 0 && <OpenIncidents incidents={incidents.data.incidents} />}
            <FlowChart now={data} />
            <section><Title order={2} size="h4" mb="xs">{words.destinations}</Title>{data.destinations.length === 0 ? <Empty>{words.emptyDestinations}</Empty> : <DestinationsNow rows={data.destinations} />}</section>
            <section><Title order={2} size="h4" mb="xs">{words.sources}</Title>{data.sources.length === 0 ? <Empty>{words.emptySources}</Empty> : <SourcesNow rows={data.sources} />}</section>
            {data.conservation !== null && <Conservation counts={data.conservation} />}
          </Stack>
        );
      }}</Answer>
    </>
  );
}

/** What asks for somebody, in one line each, before any figure. */
function Verdict({ now, incidents }: { readonly now: Now; readonly incidents: number }) {
  const words = useWords(nowWords);
  const { language } = useLanguage();
  const down = now.destinations.filter(({ health }) => health === 'down').map(({ id }) => id);
  const paused = now.destinations.filter(({ health }) => health === 'paused').map(({ id }) => id);
  const todo = [
    ...(down.length === 0 ? [] : [words.todoDown(down.join(', '))]), ...(now.held === 0 ? [] : [words.todoHeld(number(now.held, language))]),
    ...(now.quarantined === null || now.quarantined === 0 ? [] : [words.todoQuarantined(number(now.quarantined, language))]), ...(incidents === 0 ? [] : [words.todoIncidents(number(incidents, language))]),
    ...(paused.length === 0 ? [] : [words.todoPaused(paused.join(', '))]),
  ];
  return <Alert color={todo.length === 0 ? 'green' : 'orange'} variant="outline" role="status" title={todo.length === 0 ? words.calm : words.todo}>{todo.length === 0 ? null : <ul className="tight">{todo.map((one) => <li key={one}>{one}</li>)}</ul>}</Alert>;
}

function OpenIncidents({ incidents }: { readonly incidents: IncidentsAnswer['incidents'] }) {
  const words = useWords(nowWords);
  return (
    <Paper withBorder p="sm" >
      <Stack gap="xs">
        {incidents.map((one) => (
          <div key={one.id}>
            <Group gap="xs"><Badge color={one.severity === 'critical' ? 'red' : 'orange'}>{one.object.name}</Badge><Text fw={600}>{one.title}</Text>{one.inMaintenance && <Badge color="gray">{words.inMaintenance}</Badge>}<Text size="sm" c="dimmed"><Ago at={one.openedAt} /></Text>{one.acknowledged !== null && <Text size="sm">{words.acknowledged(one.acknowledged.by)}</Text>}</Group>
            <Text size="sm">{one.advice}</Text>
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
