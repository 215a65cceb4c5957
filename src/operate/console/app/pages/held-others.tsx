import { Anchor, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { HeldPage } from '../../../api/contract/held.ts';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { dateTime } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { heldWords } from './held-words.ts';

type Message = HeldPage['quarantined'][number];

export function Quarantined({ rows }: { readonly rows: readonly Message[] }) {
  const words = useWords(heldWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<Message>[] => [
    { id: 'received', header: words.received, by: ({ receivedAt }) => receivedAt, cell: ({ trace, receivedAt }) => <Anchor component={Link} to={`/messages/${trace}`} size="sm">{dateTime(receivedAt, language)}</Anchor> },
    { id: 'source', header: words.source, by: ({ source }) => source, cell: ({ source }) => source },
    { id: 'type', header: words.type, by: ({ type }) => type, cell: ({ type, format }) => (type === '' ? format : type) },
  ], [words, language]);
  return <section><Title order={2} size="h4" mb="xs">{words.quarantined}</Title>{rows.length === 0 ? <Empty>{words.noQuarantine}</Empty> : <><Text size="sm" mb={4}>{words.quarantinedText}</Text><DataTable label={words.quarantined} rows={rows} columns={columns} rowKey={({ trace }) => trace} /></>}</section>;
}
