import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageSearch } from '../../../api/contract/messages.ts';
import { PageHead } from '../shell.tsx';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';
import { useFilter } from './messages-filter.ts';
import { FilterBar } from './messages-filter-bar.tsx';
import { MessageList } from './messages-list.tsx';
import { LiveTail } from './messages-live.tsx';
import { SavedSearches } from './messages-saved.tsx';
import { SearchForm, SearchResults } from './messages-search.tsx';
import { messagesWords } from './messages-words.ts';

export function MessagesPage() {
  const words = useWords(messagesWords), shared = useWords(common);
  const { filter, live, change, replace } = useFilter();
  const client = useQueryClient();
  // A patient's value: in this page's memory and the request's body only, gone when the page is left.
  const [search, setSearch] = useState<Omit<MessageSearch, 'cursor'> | null>(null);
  // A saved search fills the fields anew.
  const [chosen, setChosen] = useState(0);
  return (
    <>
      <PageHead title={words.title}>
        <SegmentedControl aria-label={words.view} value={live ? 'live' : 'list'} onChange={(value) => { setSearch(null); change({ live: value === 'live' ? '1' : undefined }); }} data={[{ value: 'list', label: words.list }, { value: 'live', label: words.live }]} />
        {!live && <Button variant="default" onClick={() => { void client.invalidateQueries({ queryKey: ['messages'] }); }}>{shared.refresh}</Button>}
      </PageHead>
      <Stack gap="sm">
        <SearchForm search={setSearch} />
        {search === null && <FilterBar key={chosen} filter={filter} live={live} change={change} />}
        {search === null && !live && <Group><SavedSearches filter={filter} choose={(next) => { replace(next); setChosen((count) => count + 1); }} /></Group>}
        {search !== null ? <SearchResults search={search} end={() => { setSearch(null); }} /> : live ? <LiveTail filter={filter} /> : <MessageList filter={filter} />}
      </Stack>
    </>
  );
}
