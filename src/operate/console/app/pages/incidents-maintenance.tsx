import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { IncidentKind, MaintenanceWindow } from '../../../api/contract/incidents.ts';
import { act, get } from '../api/client.ts';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { fromLocalInput, localInput } from '../words/format.ts';
import { useWords } from '../words/language.tsx';
import { incidentsWords } from './incidents-words.ts';

const kinds = ['silence', 'backlog', 'breaker', 'certificate', 'conservation', 'disk', 'check'] as const satisfies readonly IncidentKind[];
const hourMs = 3_600_000;

function Plan({ close }: { readonly close: () => void }) {
  const words = useWords(incidentsWords);
  const [from, setFrom] = useState(() => localInput(Date.now()));
  const [until, setUntil] = useState(() => localInput(Date.now() + hourMs));
  const [chosen, setChosen] = useState<readonly IncidentKind[]>([]);
  const [start, end] = [fromLocalInput(from), fromLocalInput(until)];
  const wrong = start === undefined || end === undefined || end <= start;
  return (
    <ActDialog title={words.add} consequence={words.addMeans} confirm={words.save} close={close}
      act={(reason) => (wrong ? Promise.reject(new Error(words.order)) : act('POST', '/api/maintenance-windows', { from: start, until: end, kinds: chosen, objects: [], reason }))}>
      <Group gap="sm" grow>
        <TextInput type="datetime-local" label={words.from} value={from} onChange={(event) => { setFrom(event.currentTarget.value); }} required />
        <TextInput type="datetime-local" label={words.until} value={until} onChange={(event) => { setUntil(event.currentTarget.value); }} required error={wrong ? words.order : null} />
      </Group>
      <Checkbox.Group label={words.kinds} value={[...chosen]} onChange={(values) => { setChosen(values); }}>
        <Stack gap={4} mt={4}>{kinds.map((kind) => <Checkbox key={kind} value={kind} label={words.kind[kind]} />)}</Stack>
      </Checkbox.Group>
    </ActDialog>
  );
}

/** When somebody works on a partner: incidents are recorded and nobody is woken. */
export function MaintenanceWindows({ mayAct }: { readonly mayAct: boolean }) {
  const words = useWords(incidentsWords);
  const [planning, setPlanning] = useState(false);
  const [removing, setRemoving] = useState<string | null>(null);
  const list = useQuery({ queryKey: ['maintenance-windows'], queryFn: ({ signal }) => get<{ windows: MaintenanceWindow[] }>('/api/maintenance-windows', {}, signal) });
  const columns = useMemo((): Column<MaintenanceWindow>[] => [
    { id: 'state', header: words.windows, by: ({ from }) => from, cell: ({ state }) => words.state[state] },
    { id: 'from', header: words.from, by: ({ from }) => from, cell: ({ from }) => <When at={from} /> },
    { id: 'until', header: words.until, by: ({ until }) => until, cell: ({ until }) => <When at={until} /> },
    { id: 'which', header: words.which, cell: ({ kinds: which, objects }) => [...which.map((kind) => words.kind[kind]), ...objects.map(({ name }) => name)].join(', ') || words.everything },
    { id: 'by', header: words.by, cell: ({ by, reason }) => `${by} : ${reason}` },
    ...(mayAct ? [{ id: 'remove', header: words.remove, cell: ({ id, state }: MaintenanceWindow) => (state === 'over' ? null : <Button size="compact-xs" variant="default" onClick={() => { setRemoving(id); }}>{words.remove}</Button>) }] : []),
  ], [words, mayAct]);
  return (
    <section aria-label={words.windows}>
      <Group justify="space-between" mb="xs"><Title order={2} size="h4">{words.windows}</Title>{mayAct && <Button size="xs" variant="default" onClick={() => { setPlanning(true); }}>{words.add}</Button>}</Group>
      <Text size="sm" c="dimmed" mb="xs">{words.windowsHelp}</Text>
      <Answer of={list}>{({ windows }) => (windows.length === 0 ? <Empty>{words.noWindow}</Empty> : <DataTable label={words.windows} rows={windows} columns={columns} rowKey={({ id }) => id} />)}</Answer>
      {planning && <Plan close={() => { setPlanning(false); }} />}
      {removing !== null && <ActDialog title={words.removeTitle} consequence={words.removeMeans} confirm={words.remove} withReason={false} close={() => { setRemoving(null); }} act={() => act('DELETE', `/api/maintenance-windows/${removing}`)} />}
    </section>
  );
}
