import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Replay, ReplayRow } from '../../../api/contract/replays.ts';
import { act, get } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Answer } from '../parts/states.tsx';
import { When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { common } from '../words/common.ts';
import { dateTime, number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { ReplayItems, ReplayPreviewTable } from './replay-tables.tsx';
import { ReplayProgress, ReplayState } from './replays.tsx';
import { replaysWords } from './replays-words.ts';

const everyMs = 3000;

/** One plan: what it will do, to whom, how far it is, and its start, pause and end. */
export function ReplayPage() {
  const { id = '' } = useParams();
  const words = useWords(replaysWords);
  const pages = useInfiniteQuery({
    queryKey: ['replay', id], initialPageParam: undefined as string | undefined, refetchInterval: everyMs,
    queryFn: ({ pageParam, signal }) => get<Replay>(`/api/replays/${encodeURIComponent(id)}`, { cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <>
      <PageHead title={words.one(id)}><Anchor component={Link} to="/replays">{words.back}</Anchor></PageHead>
      <Answer of={pages}>{({ pages: loaded }) => {
        const [first] = loaded;
        if (first === undefined) return null;
        return (
          <Stack gap="lg">
            <Plan plan={first.plan} recipients={first.preview.length} />
            <section><Title order={2} size="h4" mb="xs">{words.preview}</Title><Text size="sm" mb={4}>{words.withdrawnHelp}</Text><ReplayPreviewTable rows={first.preview} /></section>
            <section>
              <Title order={2} size="h4" mb="xs">{words.list}</Title>
              <ReplayItems rows={loaded.flatMap(({ items }) => items)} />
              {pages.hasNextPage && <Button mt="xs" variant="default" loading={pages.isFetchingNextPage} onClick={() => { void pages.fetchNextPage(); }}>{words.more}</Button>}
            </section>
            <section><Title order={2} size="h4" mb="xs">{words.history}</Title><ul>{first.acts.map((one, at) => <li key={at}><When at={one.at} /> · {one.by} · {words.acts[one.act as keyof typeof words.acts]}</li>)}</ul></section>
          </Stack>
        );
      }}</Answer>
    </>
  );
}

type Act = 'start' | 'pause' | 'cancel';
const mayOf: Record<ReplayRow['state'], readonly Act[]> = { draft: ['start', 'cancel'], running: ['pause', 'cancel'], paused: ['start', 'cancel'], done: [], cancelled: [] };

function Plan({ plan, recipients }: { readonly plan: ReplayRow; readonly recipients: number }) {
  const words = useWords(replaysWords), shared = useWords(common);
  const { language } = useLanguage();
  const operator = useMay('operator');
  const [asking, setAsking] = useState<Act | null>(null);
  const left = number(plan.left, language), rate = number(plan.perMinute, language);
  const named = { start: plan.state === 'paused' ? words.resume : words.start, pause: words.pause, cancel: words.cancel };
  const consequence = { start: words.startThen(left, number(recipients, language), rate), pause: words.pauseThen, cancel: words.cancelThen(left) };
  const { from, to, deliveries, state, ...chosen } = plan.selection;
  const selection = [...Object.values(chosen), ...(state === undefined ? [] : [shared.state[state]]), ...(deliveries === undefined ? [] : [`${number(deliveries.length, language)} ${words.deliveries}`]), ...(from === undefined ? [] : [`${words.from} ${dateTime(from, language)}`]), ...(to === undefined ? [] : [`${words.to} ${dateTime(to, language)}`])].join(' · ');
  return (
    <Stack gap="sm">
      <Group gap="sm"><ReplayState state={plan.state} /><Text>{plan.made.by} : {plan.made.why}</Text></Group>
      <ReplayProgress plan={plan} />
      <Text size="sm">{words.selection} : {selection === '' ? '–' : selection}. {words.rate(rate)}, {words.cap.toLowerCase()} {number(plan.cap, language)}.{plan.startedBy === null ? '' : ` ${words.startedBy} ${plan.startedBy}.`}</Text>
      {plan.needsSecondPerson && plan.state === 'draft' && <Alert color="orange" variant="outline">{words.needsSecond}</Alert>}
      {operator && mayOf[plan.state].length > 0 && <Group gap="xs">{mayOf[plan.state].map((one) => <Button key={one} variant={one === 'start' ? 'filled' : 'default'} onClick={() => { setAsking(one); }}>{named[one]}</Button>)}</Group>}
      {asking !== null && <ActDialog title={named[asking]} consequence={consequence[asking]} confirm={named[asking]} grave={asking !== 'pause'} withReason={false} act={() => act('POST', `/api/replays/${String(plan.id)}/${asking}`)} close={() => { setAsking(null); }} />}
    </Stack>
  );
}
