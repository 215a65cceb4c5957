import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { DestinationNow, Now, Slo, SourceNow } from '../../../api/contract/now.ts';
import { StateBadge } from '../parts/badges.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago } from '../parts/when.tsx';
import { duration, number, percent } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { lastWhole } from './now-rates.ts';
import { nowWords } from './now-words.ts';

type Health = Now['destinations'][number]['health'];
const colours: Record<Health, string> = { up: 'green', paused: 'orange', down: 'red', probing: 'orange', stopped: 'gray', absent: 'gray' };

export function HealthBadge({ destination: { health, paused, lastFault } }: { readonly destination: Pick<DestinationNow, 'health' | 'paused' | 'lastFault'> }) {
  const words = useWords(nowWords);
  return (
    <>
      <Badge color={colours[health]}>{words[health]}</Badge>
      {paused !== null && <Text size="xs">{words.pausedBy(paused.by, paused.why)}</Text>}
      {health === 'down' && lastFault !== null && <Text size="xs">{lastFault.text}</Text>}
    </>
  );
}

export function SloLine({ slo }: { readonly slo: Slo | null }) {
  const words = useWords(nowWords);
  const { language } = useLanguage();
  if (slo === null) return <>–</>;
  if (slo.share === null) return <Text size="sm" c="dimmed">{words.sloNone}</Text>;
  return <Group gap={6}><Badge color={slo.met ? 'green' : 'red'}>{slo.met ? words.sloMet : words.sloMissed}</Badge><span>{words.sloOf(percent(slo.share, language), duration(slo.withinMs, language), percent(slo.target, language))}</span></Group>;
}

/** What still has to leave; null when it is not told. */
export const toLeave = ({ deliveries }: Pick<DestinationNow, 'deliveries'>): number | null => (deliveries === null ? null : deliveries.waiting + deliveries.sending);

export function DestinationsNow({ rows }: { readonly rows: readonly DestinationNow[] }) {
  const words = useWords(nowWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<DestinationNow>[] => [
    { id: 'id', header: words.name, by: ({ id }) => id, cell: ({ id }) => <Anchor component={Link} to={`/destinations/${encodeURIComponent(id)}`}>{id}</Anchor> },
    { id: 'health', header: words.health, by: ({ health }) => health, cell: (one) => <HealthBadge destination={one} /> },
    { id: 'rate', header: words.rate, numeric: true, by: ({ delivered }) => lastWhole(delivered) ?? -1, cell: ({ delivered }) => number(lastWhole(delivered), language) },
    { id: 'waiting', header: words.toLeave, numeric: true, by: (one) => toLeave(one) ?? -1, cell: (one) => number(toLeave(one), language) },
    { id: 'oldest', header: words.oldest, by: ({ oldestAt }) => oldestAt ?? Infinity, cell: ({ oldestAt }) => (oldestAt === null ? '–' : <Ago at={oldestAt} />) },
    { id: 'others', header: words.deliveries, cell: ({ id, deliveries }) => (deliveries === null ? '–' : <Group gap={4}>{(['held', 'submitted', 'refused'] as const).filter((state) => deliveries[state] > 0).map((state) => <Anchor key={state} component={Link} to={`/messages?destination=${encodeURIComponent(id)}&state=${state}`} underline="never"><StateBadge state={state} count={deliveries[state]} /></Anchor>)}</Group>) },
    { id: 'slo', header: words.slo, by: ({ slo }) => slo?.share ?? -1, cell: ({ slo }) => <SloLine slo={slo} /> },
    { id: 'last', header: words.lastDelivered, by: ({ lastDeliveredAt }) => lastDeliveredAt ?? 0, cell: ({ deliveries, lastDeliveredAt }) => (deliveries === null ? '–' : <Ago at={lastDeliveredAt} />) },
  ], [words, language]);
  return <DataTable label={words.destinations} rows={rows} columns={columns} rowKey={({ id }) => id} />;
}

export function SourcesNow({ rows }: { readonly rows: readonly SourceNow[] }) {
  const words = useWords(nowWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<SourceNow>[] => [
    { id: 'id', header: words.name, by: ({ id }) => id, cell: ({ id }) => <Anchor component={Link} to={`/sources/${encodeURIComponent(id)}`}>{id}</Anchor> },
    { id: 'organisation', header: words.organisation, by: ({ organisation }) => organisation, cell: ({ organisation }) => organisation },
    { id: 'rate', header: words.rate, numeric: true, by: ({ received }) => lastWhole(received) ?? -1, cell: ({ received }) => number(lastWhole(received), language) },
    { id: 'refused', header: words.refusedRate, numeric: true, by: ({ refused }) => lastWhole(refused) ?? -1, cell: ({ refused }) => number(lastWhole(refused), language) },
    { id: 'last', header: words.lastReceived, by: ({ lastAt }) => lastAt ?? 0, cell: ({ received, lastAt }) => (received === null ? '–' : <Ago at={lastAt} />) },
  ], [words, language]);
  return <DataTable label={words.sources} rows={rows} columns={columns} rowKey={({ id }) => id} />;
}
