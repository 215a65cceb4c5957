import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { ReplayItem, ReplayPreview } from '../../../api/contract/replays.ts';
import { CauseLines } from '../parts/cause.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { replaysWords } from './replays-words.ts';

export function ReplayPreviewTable({ rows }: { readonly rows: readonly ReplayPreview[] }) {
  const words = useWords(replaysWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<ReplayPreview>[] => [
    { id: 'destination', header: words.destination, by: ({ destination }) => destination, cell: ({ destination }) => destination },
    { id: 'recipient', header: words.recipient, by: ({ recipient }) => recipient ?? '', cell: ({ recipient }) => recipient ?? '–' },
    { id: 'deliveries', header: words.deliveries, numeric: true, by: ({ deliveries }) => deliveries, cell: ({ deliveries }) => number(deliveries, language) },
    { id: 'messages', header: words.messages, numeric: true, by: ({ messages }) => messages, cell: ({ messages }) => number(messages, language) },
    { id: 'withdrawn', header: words.withdrawn, numeric: true, by: ({ withdrawn }) => withdrawn, cell: ({ withdrawn }) => number(withdrawn, language) },
    { id: 'corrected', header: words.corrected, numeric: true, by: ({ corrected }) => corrected, cell: ({ corrected }) => number(corrected, language) }, { id: 'again', header: words.again, numeric: true, by: ({ again }) => again, cell: ({ again }) => number(again, language) },
    { id: 'acknowledgements', header: words.acknowledgements, numeric: true, by: ({ acknowledgements }) => acknowledgements, cell: ({ acknowledgements }) => number(acknowledgements, language) },
    { id: 'first', header: words.first, by: ({ firstAt }) => firstAt, cell: ({ firstAt }) => <When at={firstAt} /> }, { id: 'last', header: words.last, by: ({ lastAt }) => lastAt, cell: ({ lastAt }) => <When at={lastAt} /> },
  ], [words, language]);
  return <DataTable label={words.preview} rows={rows} columns={columns} rowKey={({ destination, recipient }) => `${destination} ${recipient ?? ''}`} />;
}

export function ReplayItems({ rows }: { readonly rows: readonly ReplayItem[] }) {
  const words = useWords(replaysWords);
  const columns = useMemo((): Column<ReplayItem>[] => [
    { id: 'delivery', header: words.number, by: ({ delivery }) => delivery, cell: ({ delivery }) => delivery },
    { id: 'message', header: words.message, cell: ({ trace }) => <Anchor component={Link} to={`/messages/${trace}`} size="sm">{trace}</Anchor> },
    { id: 'destination', header: words.destination, by: ({ destination }) => destination, cell: ({ destination }) => destination },
    { id: 'state', header: words.state, by: ({ state }) => state, cell: ({ state }) => words.itemStates[state] },
    { id: 'became', header: words.became, cell: ({ made }) => made ?? '–' }, { id: 'cause', header: words.cause, cell: ({ cause }) => (cause === null ? '–' : <CauseLines cause={cause} />) },
  ], [words]);
  return <DataTable label={words.list} rows={rows} columns={columns} rowKey={({ delivery }) => delivery} />;
}
