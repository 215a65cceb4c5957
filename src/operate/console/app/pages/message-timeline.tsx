import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { DeliverySeen, Moment } from '../../../api/contract/story.ts';
import { DataTable, type Column } from '../parts/table.tsx';
import { preciseTime, duration } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { messageWords } from './message-words.ts';
import { momentWords } from './moment-words.ts';

interface Row extends Moment { readonly n: number }

/** What happened, in order, one lane for the gateway and one for each destination. */
export function Timeline({ moments, deliveries }: { readonly moments: readonly Moment[]; readonly deliveries: readonly DeliverySeen[] }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<Row>[] => {
    const lanes = [...new Set([...deliveries.map(({ destination }) => destination), ...moments.flatMap(({ destination }) => (destination === null ? [] : [destination]))])];
    const lane = (destination: string | null): Column<Row> => ({ id: destination ?? '\0', header: destination ?? words.gateway, cell: (one) => (one.destination === destination ? <Happened moment={one} /> : null) });
    return [{ id: 'at', header: words.at, cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{preciseTime(at, language)}</time> }, lane(null), ...lanes.map(lane), { id: 'took', header: words.took, numeric: true, cell: ({ ms }) => (ms === null ? null : duration(ms, language)) }];
  }, [moments, deliveries, words, language]);
  const rows = useMemo(() => moments.map((one, n): Row => ({ ...one, n })), [moments]);
  return <div className="lanes"><DataTable label={words.timeline} rows={rows} columns={columns} rowKey={({ n }) => n} /></div>;
}

function Happened({ moment: { stage, kind, cause, by, why } }: { readonly moment: Moment }) {
  const words = useWords(messageWords), named = useWords(momentWords);
  return (
    <Stack gap={0}>
      <Text size="sm" fw={600}>{named.moment(stage, kind)}</Text>
      {cause !== null && <Text size="sm">{cause.text}</Text>}
      {by !== null && <Text size="xs" c="dimmed">{words.byWhom(by, why ?? '')}</Text>}
    </Stack>
  );
}
