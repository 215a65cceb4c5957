import { Button, NativeSelect, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Fixture, FixtureHead } from '../../../api/contract/vendor.ts';
import { get } from '../api/client.ts';
import { Answer, Failed } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { useWords } from '../words/language.tsx';
import { vendorWords } from './vendor-words.ts';

const fileOf = ({ file, base64 }: Fixture): File => new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], file);

/** The catalogue of examples: one is taken into the box above, where it may be changed. */
export function Fixtures({ take, takeFile }: { readonly take: (text: string) => void; readonly takeFile: (file: File) => void }) {
  const words = useWords(vendorWords);
  const list = useQuery({ queryKey: ['fixtures'], staleTime: Infinity, queryFn: ({ signal }) => get<{ fixtures: FixtureHead[] }>('/api/vendor/fixtures', {}, signal) });
  const taking = useMutation({
    mutationFn: (id: string) => get<Fixture>(`/api/vendor/fixtures/${encodeURIComponent(id)}`),
    onSuccess: (fixture) => {
      const text = fixture.readable ?? fixture.text;
      if (text === null) takeFile(fileOf(fixture)); else take(text);
      window.scrollTo({ top: 0 });
    },
  });
  const { mutate } = taking;
  const columns = useMemo((): Column<FixtureHead>[] => [
    { id: 'family', header: words.family, by: ({ format, family }) => `${format} ${family}`, cell: ({ format, family }) => `${format} ${family}` },
    { id: 'title', header: words.example, by: ({ title }) => title, cell: ({ title, name }) => <>{title}<Text size="xs" c="dimmed">{name}</Text></> },
    { id: 'take', header: words.take, cell: ({ id, title }) => <Button size="compact-xs" variant="default" aria-label={`${words.take} : ${title}`} onClick={() => { mutate(id); }}>{words.take}</Button> },
  ], [words, mutate]);
  return (
    <section aria-label={words.fixtures}>
      <Title order={2} size="h4">{words.fixtures}</Title>
      <Text size="sm" c="dimmed" mb="xs">{words.fixturesHelp}</Text>
      {taking.isError && <Failed error={taking.error} />}
      <Answer of={list}>{({ fixtures }) => <OneFamily fixtures={fixtures} columns={columns} />}</Answer>
    </section>
  );
}

const familyOf = ({ format, family }: FixtureHead): string => `${format} ${family}`;

/** Hundreds of examples: a family at a time is soon read. */
function OneFamily({ fixtures, columns }: { readonly fixtures: readonly FixtureHead[]; readonly columns: readonly Column<FixtureHead>[] }) {
  const words = useWords(vendorWords);
  const families = useMemo(() => [...new Set(fixtures.map(familyOf))].sort(), [fixtures]);
  const [chosen, setChosen] = useState<string | null>(null);
  const family = chosen ?? families[0] ?? '';
  const rows = useMemo(() => fixtures.filter((one) => familyOf(one) === family), [fixtures, family]);
  return <><NativeSelect mb="xs" maw={320} label={words.family} value={family} data={families} onChange={(event) => { setChosen(event.currentTarget.value); }} /><DataTable label={words.fixtures} rows={rows} columns={columns} rowKey={({ id }) => id} /></>;
}
