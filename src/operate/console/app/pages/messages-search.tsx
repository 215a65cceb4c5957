import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type SubmitEvent } from 'react';
import type { MessagePage, MessageSearch } from '../../../api/contract/messages.ts';
import { act } from '../api/client.ts';
import { field } from '../parts/form.ts';
import { Answer, Empty } from '../parts/states.tsx';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import { common } from '../words/common.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { useMessageColumns } from './messages-list.tsx';
import { messagesWords } from './messages-words.ts';

type Asked = Omit<MessageSearch, 'cursor'>;
const kinds = ['ins', 'patient', 'visit', 'accession', 'document', 'control'] as const;

/** The browser keeps nothing of what is typed here: no suggestions, no spelling service, no password manager. */
export function SearchForm({ search }: { readonly search: (asked: Asked) => void }) {
  const words = useWords(messagesWords), shared = useWords(common);
  const [kind, setKind] = useState<Asked['kind']>('patient');
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const value = field(event.currentTarget, 'sought').trim();
    if (value !== '') search({ kind, value });
  };
  return (
    <form onSubmit={submit} autoComplete="off" role="search">
      <Group gap="xs" align="flex-end" className="filters">
        <NativeSelect label={words.search} value={kind} onChange={(event) => { setKind(event.currentTarget.value as Asked['kind']); }} data={kinds.map((one) => ({ value: one, label: words.kind[one] }))} />
        <TextInput name="sought" label={words.value} title={words.searchHelp} autoComplete="off" autoCorrect="off" spellCheck={false} maxLength={200} data-1p-ignore data-lpignore="true" />
        <Button type="submit">{shared.search}</Button>
      </Group>
    </form>
  );
}

/** Its answers are forgotten as soon as it is left. */
export function SearchResults({ search, end }: { readonly search: Asked; readonly end: () => void }) {
  const words = useWords(messagesWords);
  const { language } = useLanguage();
  const columns = useMessageColumns();
  const pages = useInfiniteQuery({
    queryKey: ['messages', 'search', search], initialPageParam: undefined as string | undefined, gcTime: 0, staleTime: Infinity,
    queryFn: ({ pageParam }) => act<MessagePage>('POST', '/api/messages/search', { ...search, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap(({ messages }) => messages) ?? [], [pages.data]);
  const { fetchNextPage, hasNextPage, isFetching } = pages;
  const more = useCallback(() => { if (hasNextPage && !isFetching) void fetchNextPage(); }, [fetchNextPage, hasNextPage, isFetching]);
  return (
    <>
      <Group gap="sm"><Button variant="default" size="xs" onClick={end}>{words.endSearch}</Button><Text size="sm" role="status">{pages.data === undefined ? '' : `${words.kind[search.kind]} · ${words.found(`${number(rows.length, language)}${hasNextPage ? '+' : ''}`)}`}</Text></Group>
      <Answer of={pages}>{() => (rows.length === 0 ? <Empty>{words.noMatch}</Empty> : <VirtualRows kind="messages" label={words.results} rows={rows} columns={columns} rowKey={({ trace }) => trace} more={more} />)}</Answer>
    </>
  );
}
