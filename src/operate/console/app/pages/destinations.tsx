import { Anchor, Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { DestinationPage, DestinationRow } from '../../../api/contract/destinations.ts';
import { get } from '../api/client.ts';
import { StateBadge } from '../parts/badges.tsx';
import { CertificatesSeen } from '../parts/certificates.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { destinationsWords } from './destinations-words.ts';
import { HealthBadge, SloLine, toLeave } from './now-tables.tsx';
import { nowWords } from './now-words.ts';

export function DestinationsPage() {
  const words = useWords(destinationsWords), shared = useWords(nowWords);
  const { language } = useLanguage();
  const list = useQuery({ queryKey: ['destinations'], refetchInterval: 10_000, queryFn: ({ signal }) => get<DestinationPage>('/api/destinations', {}, signal) });
  const columns = useMemo((): Column<DestinationRow>[] => [
    { id: 'id', header: shared.name, by: ({ id }) => id, cell: ({ id }) => <Anchor component={Link} to={`/destinations/${encodeURIComponent(id)}`}>{id}</Anchor> },
    { id: 'system', header: shared.system, by: ({ system }) => system, cell: ({ system }) => system },
    { id: 'kind', header: words.kind, by: ({ production }) => (production ? 1 : 0), cell: ({ production }) => <Badge color={production ? 'red' : 'gray'}>{production ? words.production : words.test}</Badge> },
    { id: 'health', header: shared.health, by: ({ health }) => health, cell: (one) => <HealthBadge destination={one} /> },
    { id: 'waiting', header: shared.toLeave, numeric: true, by: (one) => toLeave(one) ?? -1, cell: (one) => number(toLeave(one), language) },
    { id: 'oldest', header: shared.oldest, by: ({ oldestAt }) => oldestAt ?? Infinity, cell: ({ oldestAt }) => (oldestAt === null ? '–' : <Ago at={oldestAt} />) },
    { id: 'held', header: shared.held, by: ({ deliveries }) => deliveries?.held ?? -1, cell: ({ deliveries }) => (deliveries === null ? '–' : deliveries.held === 0 ? '0' : <StateBadge state="held" count={deliveries.held} />) },
    { id: 'slo', header: shared.slo, by: ({ slo }) => slo?.share ?? -1, cell: ({ slo }) => <SloLine slo={slo} /> },
    { id: 'certificates', header: words.certificates, by: ({ certificates }) => Math.min(Infinity, ...certificates.map(({ daysLeft }) => daysLeft)), cell: ({ certificates }) => <CertificatesSeen certificates={certificates} /> },
  ], [words, shared, language]);
  return (
    <>
      <PageHead title={words.title} />
      <Answer of={list}>{({ destinations }) => (destinations.length === 0 ? <Empty>{words.empty}</Empty> : <DataTable label={words.list} rows={destinations} columns={columns} rowKey={({ id }) => id} />)}</Answer>
    </>
  );
}
