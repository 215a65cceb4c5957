import { Button, Group, NativeSelect, NumberInput, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import type { NewReplay, Replay, ReplaySelection } from '../../../api/contract/replays.ts';
import { act } from '../api/client.ts';
import { Failed } from '../parts/states.tsx';
import { common } from '../words/common.ts';
import { fromLocalInput } from '../words/format.ts';
import { useWords } from '../words/language.tsx';
import { NameSelect, useNames } from './messages-filter-bar.tsx';
import { replaysWords } from './replays-words.ts';

const states = ['delivered', 'refused', 'abandoned'] as const;
const usualCap = 100, mostCap = 10_000, usualRate = 60, mostRate = 6000, shortestReason = 10;
type Chosen = Readonly<Record<'destination' | 'source' | 'type' | 'state' | 'from' | 'to', string>>;
const nothing: Chosen = { destination: '', source: '', type: '', state: '', from: '', to: '' };

function selectionOf({ from, to, ...words }: Chosen): ReplaySelection {
  const given = Object.entries(words).filter(([, value]) => value !== '');
  const [since, until] = [fromLocalInput(from), fromLocalInput(to)];
  return { ...Object.fromEntries(given), ...(since === undefined ? {} : { from: since }), ...(until === undefined ? {} : { to: until }) };
}

/** Makes a draft; its page shows the frozen list before anything leaves. */
export function NewReplayForm() {
  const words = useWords(replaysWords), shared = useWords(common);
  const names = useNames();
  const go = useNavigate();
  const [chosen, setChosen] = useState(nothing);
  const [cap, setCap] = useState<number | string>(usualCap);
  const [perMinute, setPerMinute] = useState<number | string>(usualRate);
  const [reason, setReason] = useState('');
  const making = useMutation({ mutationFn: (asked: NewReplay) => act<Replay>('POST', '/api/replays', asked), onSuccess: ({ plan }) => go(`/replays/${String(plan.id)}`) });
  const change = (name: keyof Chosen) => (value: string): void => { setChosen((before) => ({ ...before, [name]: value })); };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => { event.preventDefault(); making.mutate({ selection: selectionOf(chosen), reason: reason.trim(), cap: Number(cap), perMinute: Number(perMinute) }); };
  return (
    <Paper withBorder p="md" component="section" aria-label={words.make}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2} size="h4">{words.which}</Title>
          <Group gap="xs" align="flex-end" className="filters">
            <NameSelect label={words.destination} value={chosen.destination === '' ? undefined : chosen.destination} names={names.destinations} choose={change('destination')} />
            <NameSelect label={words.source} value={chosen.source === '' ? undefined : chosen.source} names={names.sources} choose={change('source')} />
            <TextInput label={words.type} value={chosen.type} maxLength={20} onChange={(event) => { change('type')(event.currentTarget.value.trim()); }} />
            <NativeSelect label={words.state} value={chosen.state} onChange={(event) => { change('state')(event.currentTarget.value); }} data={[{ value: '', label: words.anyState }, ...states.map((one) => ({ value: one, label: shared.state[one] }))]} />
            <TextInput type="datetime-local" label={words.from} value={chosen.from} onChange={(event) => { change('from')(event.currentTarget.value); }} />
            <TextInput type="datetime-local" label={words.to} value={chosen.to} onChange={(event) => { change('to')(event.currentTarget.value); }} />
            <NumberInput label={words.cap} title={words.capHelp} min={1} max={mostCap} value={cap} onChange={setCap} hideControls w={110} required withAsterisk={false} />
            <NumberInput label={words.perMinute} min={1} max={mostRate} value={perMinute} onChange={setPerMinute} hideControls w={150} required withAsterisk={false} />
          </Group>
          <Textarea label={shared.reason} description={shared.reasonHelp} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} minLength={shortestReason} maxLength={500} rows={2} required withAsterisk={false} />
          {making.isError && <Failed error={making.error} />}
          <Group gap="sm"><Button type="submit" loading={making.isPending} disabled={reason.trim().length < shortestReason}>{words.prepare}</Button><Text size="sm" c="dimmed">{words.nothingLeaves}</Text></Group>
        </Stack>
      </form>
    </Paper>
  );
}
