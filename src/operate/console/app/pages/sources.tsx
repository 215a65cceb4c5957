import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { SourcePage, SourceRow } from '../../../api/contract/sources.ts';
import { get } from '../api/client.ts';
import { CertificatesSeen } from '../parts/certificates.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { lastWhole } from './now-rates.ts';
import { sourcesWords } from './sources-words.ts';

export const listenersOf = ({ listeners }: Pick<SourceRow, 'listeners'>): string => listeners.map(({ name, address }) => (address === null ? name : `${name} (${address})`)).join(', ');

export function SourcesPage() {
  const words = useWords(sourcesWords);
  const { language } = useLanguage();
  const list = useQuery({ queryKey: ['sources'], refetchInterval: 10_000, queryFn: ({ signal }) => get<SourcePage>('/api/sources', {}, signal) });
  const columns = useMemo((): Column<SourceRow>[] => [
    { id: 'id', header: words.name, by: ({ id }) => id, cell: ({ id }) => <Anchor component={Link} to={`/sources/${encodeURIComponent(id)}`}>{id}</Anchor> },
    { id: 'organisation', header: words.organisation, by: ({ organisation }) => organisation, cell: ({ organisation }) => organisation },
    { id: 'listeners', header: words.listeners, cell: (one) => listenersOf(one) },
    { id: 'rate', header: words.rate, numeric: true, by: ({ received }) => lastWhole(received) ?? -1, cell: ({ received }) => number(lastWhole(received), language) },
    { id: 'refused', header: words.refused, numeric: true, by: ({ refused }) => lastWhole(refused) ?? -1, cell: ({ refused }) => number(lastWhole(refused), language) },
    { id: 'last', header: words.last, by: ({ lastAt }) => lastAt ?? 0, cell: ({ received, lastAt }) => (received === null ? '–' : <Ago at={lastAt} />) },
    { id: 'certificates', header: words.certificates, cell: ({ certificates }) => <CertificatesSeen certificates={certificates} /> },
  ], [words, language]);
  return (
    <>
      <PageHead title={words.title} />
      <Answer of={list}>{({ sources }) => (sources.length === 0 ? <Empty>{words.empty}</Empty> : <DataTable label={words.list} rows={sources} columns={columns} rowKey={({ id }) => id} />)}</Answer>
    </>
  );
}
