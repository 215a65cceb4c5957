import { Button, CloseButton, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { SavedSearches as Searches } from '../../../api/contract/searches.ts';
import { act, get } from '../api/client.ts';
import { field } from '../parts/form.ts';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../words/language.tsx';
import type { Filter } from './messages-filter.ts';
import { messagesWords } from './messages-words.ts';

const key = ['saved-searches'] as const;

/** Filters kept under a name, with the account; what a patient was searched by never is. */
export function SavedSearches({ filter, choose }: { readonly filter: Filter; readonly choose: (filter: Filter) => void }) {
  const words = useWords(messagesWords);
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const kept = useQuery({ queryKey: key, queryFn: ({ signal }) => get<Searches>('/api/saved-searches', {}, signal) });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: key });
  const saving = useMutation({ mutationFn: (name: string) => act('PUT', '/api/saved-searches', { name, filter }), onSuccess: refresh });
  const removing = useMutation({ mutationFn: (id: string) => act('DELETE', `/api/saved-searches/${id}`), onSuccess: refresh });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => { event.preventDefault(); const name = field(event.currentTarget, 'name').trim(); if (name !== '') saving.mutate(name); };
  const failure = saving.error ?? removing.error;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" withinPortal={false} trapFocus>
      <Popover.Target><Button variant="default" size="xs" aria-expanded={open} onClick={() => { setOpen(!open); }}>{words.saved}{kept.data === undefined ? '' : ` (${String(kept.data.searches.length)})`}</Button></Popover.Target>
      <Popover.Dropdown aria-label={words.saved}>
        <Stack gap="xs">
          {kept.isError && <Failed error={kept.error} again={() => { void kept.refetch(); }} />}
          {kept.data?.searches.length === 0 && <Text size="sm" c="dimmed">{words.noneSaved}</Text>}
          {kept.data?.searches.map((one) => (
            <Group key={one.id} justify="space-between" wrap="nowrap" gap="xs">
              <Button variant="subtle" size="xs" onClick={() => { choose(one.filter); setOpen(false); }}>{one.name}</Button>
              <CloseButton aria-label={words.forget(one.name)} onClick={() => { removing.mutate(one.id); }} />
            </Group>
          ))}
          <form onSubmit={submit}>
            <Stack gap={4}><TextInput name="name" label={words.saveName} description={words.saveHelp} maxLength={60} autoComplete="off" required withAsterisk={false} /><Button type="submit" size="xs" loading={saving.isPending}>{words.saveIt}</Button></Stack>
          </form>
          {failure !== null && <Failed error={failure} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
