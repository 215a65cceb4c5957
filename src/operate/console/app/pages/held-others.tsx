import { Anchor, Button, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { HeldPage } from '../../../api/contract/held.ts';
import { act } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { dateTime } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { heldWords } from './held-words.ts';

type Message = HeldPage['quarantined'][number];
type Correction = HeldPage['corrections'][number];

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

export function Corrections({ rows }: { readonly rows: readonly Correction[] }) {
  const words = useWords(heldWords);
  const { language } = useLanguage();
  const operator = useMay('operator');
  const [asking, setAsking] = useState<Correction | null>(null);
  const columns = useMemo((): Column<Correction>[] => [
    { id: 'at', header: words.at, by: ({ at }) => at, cell: ({ at }) => <When at={at} /> },
    { id: 'message', header: words.message, cell: ({ trace }) => <Anchor component={Link} to={`/messages/${trace}`} size="sm">{trace}</Anchor> },
    { id: 'by', header: words.by, by: ({ by }) => by, cell: ({ by }) => by }, { id: 'why', header: words.why, cell: ({ why }) => why },
    { id: 'acts', header: words.acts, cell: (one) => (operator ? <Button size="xs" aria-label={`${words.approve} ${dateTime(one.at, language)}`} onClick={() => { setAsking(one); }}>{words.approve}</Button> : null) },
  ], [words, language, operator]);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">{words.corrections}</Title><Text size="sm" mb={4}>{words.correctionsText}</Text>
      <DataTable label={words.corrections} rows={rows} columns={columns} rowKey={({ id }) => id} />
      {asking !== null && <ActDialog title={words.approve} consequence={words.approveThen(asking.trace)} confirm={words.approve} act={(reason) => act('POST', `/api/corrections/${encodeURIComponent(asking.id)}/approve`, { reason })} close={() => { setAsking(null); }} />}
    </section>
  );
}
