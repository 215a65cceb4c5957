import { Badge, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SimulatorReport } from '../../../api/contract/vendor.ts';
import { get } from '../api/client.ts';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { vendorWords } from './vendor-words.ts';

/** What the sandbox's partners saw of the messages: which of their rules were broken. */
export function Reports() {
  const words = useWords(vendorWords);
  const { language } = useLanguage();
  const list = useQuery({ queryKey: ['reports'], refetchInterval: 10_000, queryFn: ({ signal }) => get<{ reports: SimulatorReport[] }>('/api/vendor/reports', {}, signal) });
  const columns = useMemo((): Column<SimulatorReport>[] => [
    { id: 'system', header: words.system, by: ({ system }) => system, cell: ({ id, system }) => <>{id} <Text span size="xs" c="dimmed">{system}</Text></> },
    { id: 'address', header: words.address, cell: ({ address }) => <code>{address}</code> },
    { id: 'received', header: words.received, numeric: true, by: ({ received }) => received, cell: ({ received }) => number(received, language) },
    { id: 'broken', header: words.broken, by: ({ broken }) => broken.length, cell: ({ broken }) => (broken.length === 0 ? <Badge color="green">{words.noBroken}</Badge> : <ul>{broken.map((rule) => <li key={rule}><code>{rule}</code></li>)}</ul>) },
    { id: 'stored', header: words.stored, cell: ({ stored }) => Object.entries(stored).map(([kind, count]) => <div key={kind}>{kind} : {number(count, language)}</div>) },
    { id: 'duplicates', header: words.duplicates, cell: ({ duplicates }) => (duplicates.length === 0 ? '–' : duplicates.join(', ')) },
    { id: 'shown', header: words.shown, cell: ({ shown }) => shown.map(({ label, value }) => <div key={label}>{label} : <code>{value}</code></div>) },
  ], [words, language]);
  return (
    <section aria-label={words.reports}>
      <Title order={2} size="h4" mb="xs">{words.reports}</Title>
      <Answer of={list}>{({ reports }) => (reports.length === 0 ? <Empty>{words.noReport}</Empty> : <DataTable label={words.reports} rows={reports} columns={columns} rowKey={({ id }) => id} />)}</Answer>
    </section>
  );
}
