import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SimulatorReport } from '../../../api/contract/vendor.ts';
import { get } from '../api/client.ts';
import { Answer, Empty } from '../parts/states.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { vendorWords } from './vendor-words.ts';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => <div><dt>{name}</dt><dd>{children}</dd></div>;

function Report({ report: { id, system, address, received, broken, stored, duplicates, shown } }: { readonly report: SimulatorReport }) {
  const words = useWords(vendorWords);
  const { language } = useLanguage();
  return (
    <Paper withBorder p="sm" component="article" aria-label={id}>
      <Group gap="xs" mb="xs"><Title order={3} size="h5">{id}</Title><Text size="sm" c="dimmed">{system}</Text><Badge color={broken.length === 0 ? 'green' : 'red'}>{broken.length === 0 ? words.noBroken : `${words.broken} : ${number(broken.length, language)}`}</Badge></Group>
      <dl className="facts">
        <Fact name={words.address}><code>{address}</code></Fact>
        <Fact name={words.received}>{number(received, language)}</Fact>
        <Fact name={words.stored}>{Object.entries(stored).map(([kind, count]) => `${kind} ${number(count, language)}`).join(', ') || '–'}</Fact>
        <Fact name={words.duplicates}>{duplicates.join(', ') || '–'}</Fact>
        {shown.map(({ label, value }) => <Fact key={label} name={label}><code>{value}</code></Fact>)}
      </dl>
      {broken.length > 0 && <ul aria-label={words.broken}>{broken.map((rule) => <li key={rule}><code>{rule}</code></li>)}</ul>}
    </Paper>
  );
}

/** What the sandbox's partners saw of the messages: which of their rules were broken. */
export function Reports() {
  const words = useWords(vendorWords);
  const list = useQuery({ queryKey: ['reports'], refetchInterval: 10_000, queryFn: ({ signal }) => get<{ reports: SimulatorReport[] }>('/api/vendor/reports', {}, signal) });
  return (
    <section aria-label={words.reports}>
      <Title order={2} size="h4" mb="xs">{words.reports}</Title>
      <Answer of={list}>{({ reports }) => (reports.length === 0 ? <Empty>{words.noReport}</Empty> : <Stack gap="sm">{reports.map((one) => <Report key={one.id} report={one} />)}</Stack>)}</Answer>
    </section>
  );
}
