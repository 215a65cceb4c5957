import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Story } from '../../../api/contract/story.ts';
import { SeverityBadge } from '../parts/badges.tsx';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { bytes } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { messageWords } from './message-words.ts';

type FindingSeen = Story['findings'][number];
type Loss = Story['losses'][number];
type Masked = Story['patient'][number];
type Look = Story['looked'][number];
type Document = Story['documents'][number];

/** What is wrong, where, by which clause, and what to do about it. */
export function Findings({ findings }: { readonly findings: readonly FindingSeen[] }) {
  const words = useWords(messageWords);
  if (findings.length === 0) return <Empty>{words.noFinding}</Empty>;
  return (
    <Stack gap="xs" component="ul" className="plain">
      {findings.map((one, index) => (
        <li key={index}>
          <Group gap="xs"><SeverityBadge severity={one.severity} />{one.location !== '' && <code>{one.location}</code>}<Text size="sm" fw={600}>{one.text}</Text></Group>
          {one.severity !== 'information' && one.advice !== '' && <Text size="sm"><strong>{words.advice} : </strong>{one.advice}</Text>}
          <Text size="xs" c="dimmed">{[one.spec, one.code].filter((text) => text !== '').join(' · ')}</Text>
        </li>
      ))}
    </Stack>
  );
}

export function Losses({ losses }: { readonly losses: readonly Loss[] }) {
  const words = useWords(messageWords);
  const columns = useMemo((): Column<Loss & { n: number }>[] => [{ id: 'place', header: words.place, by: ({ location }) => location, cell: ({ location }) => <code>{location}</code> }, { id: 'reason', header: words.reason, by: ({ reason }) => reason, cell: ({ reason }) => reason }], [words]);
  const rows = useMemo(() => losses.map((one, n) => ({ ...one, n })), [losses]);
  return losses.length === 0 ? <Empty>{words.noLoss}</Empty> : <><Text size="sm" mb={4}>{words.lossText}</Text><DataTable label={words.losses} rows={rows} columns={columns} rowKey={({ n }) => n} /></>;
}

export function Patient({ values }: { readonly values: readonly Masked[] }) {
  const words = useWords(messageWords);
  const columns = useMemo((): Column<Masked & { n: number }>[] => [{ id: 'what', header: words.what, cell: ({ what }) => words.kind[what] }, { id: 'place', header: words.place, cell: ({ place }) => <code>{place}</code> }, { id: 'shown', header: words.value, cell: ({ shown }) => shown }], [words]);
  const rows = useMemo(() => values.map((one, n) => ({ ...one, n })), [values]);
  return values.length === 0 ? <Empty>{words.noFinding}</Empty> : <><Text size="sm" mb={4}>{words.masked}</Text><DataTable label={words.patient} rows={rows} columns={columns} rowKey={({ n }) => n} /></>;
}

export function Documents({ documents }: { readonly documents: readonly Document[] }) {
  const { language } = useLanguage();
  return <ul>{documents.map(({ name, size }) => <li key={name}><code>{name}</code>, {bytes(size, language)}</li>)}</ul>;
}

export function Looked({ looked }: { readonly looked: readonly Look[] }) {
  const words = useWords(messageWords);
  const columns = useMemo((): Column<Look>[] => [{ id: 'when', header: words.when, cell: ({ at }) => <When at={at} /> }, { id: 'who', header: words.who, cell: ({ by }) => by }, { id: 'why', header: words.reason, cell: ({ why }) => why }], [words]);
  return looked.length === 0 ? <Empty>{words.nobody}</Empty> : <DataTable label={words.looked} rows={looked} columns={columns} rowKey={({ at, by }) => `${String(at)} ${by}`} />;
}
