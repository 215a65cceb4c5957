import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DestinationPage } from '../../../api/contract/destinations.ts';
import type { SourcePage } from '../../../api/contract/sources.ts';
import { get } from '../api/client.ts';
import { common } from '../words/common.ts';
import { fromLocalInput, localInput } from '../words/format.ts';
import { useWords } from '../words/language.tsx';
import type { Filter } from './messages-filter.ts';
import { messagesWords } from './messages-words.ts';

const namesMs = 60_000;
const dispositions = ['planned', 'rejected', 'consumed', 'quarantined', 'pipeline'] as const;
const states = ['waiting', 'sending', 'submitted', 'held', 'delivered', 'refused', 'abandoned'] as const;
/** As the API takes it (src/operate/api/contract/messages.ts). */
const typeShape = /^[A-Za-z0-9]+(\^[A-Za-z0-9]+)?$/;

/** The names to choose from: those within the account's scope. */
export function useNames() {
  const sources = useQuery({ queryKey: ['sources'], staleTime: namesMs, queryFn: ({ signal }) => get<SourcePage>('/api/sources', {}, signal) });
  const destinations = useQuery({ queryKey: ['destinations'], staleTime: namesMs, queryFn: ({ signal }) => get<DestinationPage>('/api/destinations', {}, signal) });
  return { sources: sources.data?.sources.map(({ id }) => id) ?? [], destinations: destinations.data?.destinations.map(({ id }) => id) ?? [] };
}

/** A choice of names; one that the address names is there even when it is not known. */
export function NameSelect({ label, value, names, choose }: { readonly label: string; readonly value: string | undefined; readonly names: readonly string[]; readonly choose: (name: string) => void }) {
  const shared = useWords(common);
  const all = value === undefined || names.includes(value) ? names : [...names, value];
  return <NativeSelect label={label} value={value ?? ''} onChange={(event) => { choose(event.currentTarget.value); }} data={[{ value: '', label: shared.all }, ...all.map((name) => ({ value: name, label: name }))]} />;
}

interface Props { readonly filter: Filter; readonly live: boolean; readonly change: (changed: { readonly [K in keyof Filter]?: string | number | undefined }) => void }
export function FilterBar({ filter, live, change }: Props) {
  const words = useWords(messagesWords), shared = useWords(common);
  const names = useNames();
  const [type, setType] = useState(filter.type ?? '');
  const [from, setFrom] = useState(localInput(filter.from));
  const [to, setTo] = useState(localInput(filter.to));
  const clear = (): void => {
    setType(''); setFrom(''); setTo('');
    change({ source: undefined, type: undefined, disposition: undefined, state: undefined, destination: undefined, from: undefined, to: undefined });
  };
  return (
    <Group gap="xs" align="flex-end" role="group" aria-label={words.filters} className="filters">
      <NameSelect label={words.source} value={filter.source} names={names.sources} choose={(source) => { change({ source }); }} />
      <NameSelect label={words.destination} value={filter.destination} names={names.destinations} choose={(destination) => { change({ destination }); }} />
      <TextInput label={words.type} placeholder={words.typeHelp} value={type} maxLength={20} onChange={(event) => { const next = event.currentTarget.value.trim(); setType(next); if (next === '' || typeShape.test(next)) change({ type: next }); }} />
      {!live && (
        <>
          <NativeSelect label={words.disposition} value={filter.disposition ?? ''} onChange={(event) => { change({ disposition: event.currentTarget.value }); }} data={[{ value: '', label: shared.all }, ...dispositions.map((one) => ({ value: one, label: shared.disposition[one] }))]} />
          <NativeSelect label={words.state} value={filter.state ?? ''} onChange={(event) => { change({ state: event.currentTarget.value }); }} data={[{ value: '', label: shared.all }, ...states.map((one) => ({ value: one, label: shared.state[one] }))]} />
          <TextInput type="datetime-local" label={words.from} value={from} onChange={(event) => { setFrom(event.currentTarget.value); change({ from: fromLocalInput(event.currentTarget.value) }); }} />
          <TextInput type="datetime-local" label={words.to} value={to} onChange={(event) => { setTo(event.currentTarget.value); change({ to: fromLocalInput(event.currentTarget.value) }); }} />
        </>
      )}
      <Button variant="subtle" onClick={clear}>{words.clear}</Button>
    </Group>
  );
}
