import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { HeldPage as Page, HeldRow } from '../../../api/contract/held.ts';
import { get } from '../api/client.ts';
import { CauseLines } from '../parts/cause.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago, When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { dateTime, number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { DeliveryActs } from './message-deliveries.tsx';
import { Corrections } from './held-corrections.tsx';
import { Quarantined } from './held-others.tsx';
import { heldWords } from './held-words.ts';

const everyMs = 10_000;
const filters = ['destination', 'source', 'reason'] as const;

/** What waits for a person: deliveries held, messages in quarantine, corrections to approve. */
export function HeldPage() {
  const words = useWords(heldWords);
  const { language } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const filter = Object.fromEntries(filters.flatMap((name) => { const value = address.get(name); return value === null ? [] : [[name, value] as const]; }));
  const pages = useInfiniteQuery({
    queryKey: ['held', filter], initialPageParam: undefined as string | undefined, refetchInterval: everyMs,
    queryFn: ({ pageParam, signal }) => get<Page>('/api/held', { ...filter, cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <>
      <PageHead title={words.title}>{Object.keys(filter).length > 0 && <Button variant="default" onClick={() => { setAddress({}); }}>{words.clear}</Button>}</PageHead>
      <Text mb="md">{words.intro}</Text>
      <Answer of={pages}>{({ pages: loaded }) => {
        const [first] = loaded;
        const rows = loaded.flatMap(({ deliveries }) => deliveries);
        if (first === undefined) return null;
        return (
          <Stack gap="lg">
            {first.groups.length > 0 && <section><Title order={2} size="h4" mb="xs">{words.groups}</Title><Groups groups={first.groups} choose={(destination, reason) => { setAddress({ destination, reason }); }} /></section>}
            <section>
              <Group gap="sm" mb="xs"><Title order={2} size="h4">{words.deliveries}</Title><Text size="sm" c="dimmed">{words.total(number(first.total, language))}</Text></Group>
              {rows.length === 0 ? <Empty>{words.empty}</Empty> : <HeldTable rows={rows} />}
              {pages.hasNextPage && <Button mt="xs" variant="default" loading={pages.isFetchingNextPage} onClick={() => { void pages.fetchNextPage(); }}>{words.more}</Button>}
            </section>
            {first.corrections.length > 0 && <Corrections rows={first.corrections} />}
            <Quarantined rows={first.quarantined} />
          </Stack>
        );
      }}</Answer>
    </>
  );
}

type Cause = Page['groups'][number];
function Groups({ groups, choose }: { readonly groups: readonly Cause[]; readonly choose: (destination: string, reason: string) => void }) {
  const words = useWords(heldWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<Cause>[] => [
    { id: 'destination', header: words.destination, by: ({ destination }) => destination, cell: ({ destination }) => destination },
    { id: 'cause', header: words.group, by: ({ reason }) => reason.text, cell: ({ reason }) => <CauseLines cause={reason} /> },
    { id: 'count', header: words.count, numeric: true, by: ({ count }) => count, cell: ({ destination, reason, count }) => <Button size="xs" variant="default" aria-label={words.filterBy(number(count, language), destination)} onClick={() => { choose(destination, reason.code); }}>{number(count, language)}</Button> },
  ], [words, language, choose]);
  return <DataTable label={words.groups} rows={groups} columns={columns} rowKey={({ destination, reason }) => `${destination} ${reason.code}`} />;
}

function HeldTable({ rows }: { readonly rows: readonly HeldRow[] }) {
  const words = useWords(heldWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<HeldRow>[] => [
    { id: 'message', header: words.message, by: ({ receivedAt }) => receivedAt, cell: ({ trace, receivedAt, type, source }) => <><Anchor component={Link} to={`/messages/${trace}`} size="sm">{dateTime(receivedAt, language)}</Anchor><Text size="sm">{type} · {source}</Text></> },
    { id: 'destination', header: words.destination, by: ({ destination }) => destination, cell: ({ destination, id }) => `${destination} n° ${String(id)}` },
    { id: 'cause', header: words.cause, by: ({ reason }) => reason.text, cell: ({ reason, byItself, inDoubt }) => <><CauseLines cause={reason} /><Group gap={4}>{byItself && <Badge color="blue">{words.byItself}</Badge>}{inDoubt && <Badge color="orange">{words.doubt}</Badge>}</Group></> },
    { id: 'since', header: words.since, by: ({ plannedAt }) => plannedAt, cell: ({ plannedAt }) => <Ago at={plannedAt} /> },
    { id: 'deadline', header: words.deadline, by: ({ deadline }) => deadline ?? Infinity, cell: ({ deadline }) => <When at={deadline} /> },
    { id: 'acts', header: words.acts, cell: ({ id, destination, may }) => <DeliveryActs id={id} destination={destination} may={may} /> },
  ], [words, language]);
  return <DataTable label={words.deliveries} rows={rows} columns={columns} rowKey={({ id }) => id} />;
}
