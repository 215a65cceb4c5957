import { Anchor, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import type { MessagePage, MessageRow } from '../../../api/contract/messages.ts';
import { get } from '../api/client.ts';
import { DispositionBadge, StateBadge } from '../parts/badges.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { VirtualRows, type VirtualColumn } from '../parts/virtual-rows.tsx';
import { bytes, dateTime } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import type { Filter } from './messages-filter.ts';
import { messagesWords } from './messages-words.ts';

const pageRows = 100;

export function useMessageColumns(): VirtualColumn<MessageRow>[] {
  const words = useWords(messagesWords);
  const { language } = useLanguage();
  return useMemo(() => [
    { id: 'received', header: words.received, cell: ({ trace, receivedAt }) => <Anchor component={Link} to={`/messages/${trace}`} size="sm">{dateTime(receivedAt, language)}</Anchor> },
    { id: 'source', header: words.source, cell: ({ source }) => source },
    { id: 'type', header: words.type, cell: ({ type, format }) => (type === '' ? format : type) },
    { id: 'disposition', header: words.disposition, cell: ({ disposition }) => <DispositionBadge disposition={disposition} /> },
    { id: 'ack', header: words.ack, cell: ({ ack }) => ack ?? '–' },
    { id: 'deliveries', header: words.deliveries, cell: ({ deliveries }) => (deliveries.length === 0 ? <Text size="sm" c="dimmed">{words.noDelivery}</Text> : <Group gap={6}>{deliveries.map((one) => <Group key={one.id} gap={3} wrap="nowrap"><Text size="sm">{one.destination}</Text><StateBadge state={one.state} /></Group>)}</Group>) },
    { id: 'size', header: words.size, cell: ({ size }) => bytes(size, language) },
  ], [words, language]);
}

/** Newest first, page after page as the reader goes down; however many there are, only those in sight are drawn. */
export function MessageList({ filter }: { readonly filter: Filter }) {
  const words = useWords(messagesWords);
  const { language } = useLanguage();
  const columns = useMessageColumns();
  const pages = useInfiniteQuery({
    queryKey: ['messages', filter], initialPageParam: undefined as string | undefined, staleTime: Infinity,
    queryFn: ({ pageParam, signal }) => get<MessagePage>('/api/messages', { ...filter, limit: pageRows, cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap(({ messages }) => messages) ?? [], [pages.data]);
  const { fetchNextPage, hasNextPage, isFetching } = pages;
  const more = useCallback(() => { if (hasNextPage && !isFetching) void fetchNextPage(); }, [fetchNextPage, hasNextPage, isFetching]);
  return (
    <Answer of={pages}>{(data) => {
      const lookedBackTo = data.pages.at(-1)?.lookedBackTo ?? null;
      const further = hasNextPage && <Group p="sm"><Button size="xs" variant="default" loading={isFetching} onClick={more}>{words.lookFurther}</Button>{lookedBackTo !== null && <Text size="sm">{words.soFar(dateTime(lookedBackTo, language))}</Text>}</Group>;
      if (rows.length === 0) return <>{further === false ? <Empty>{words.empty}</Empty> : further}</>;
      return <VirtualRows kind="messages" label={words.list} rows={rows} columns={columns} rowKey={({ trace }) => trace} more={more} end={further === false ? <Text size="sm" c="dimmed" p="sm">{words.end}</Text> : further} />;
    }}</Answer>
  );
}
