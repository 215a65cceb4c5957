import { Alert, Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo, useState, type SubmitEvent } from 'react';
import type { AuditRow, Verified } from '../../../api/contract/audit.ts';
import { act, get } from '../api/client.ts';
import { field } from '../parts/form.ts';
import { Answer, Empty, Failed } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { common } from '../words/common.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { auditWords } from './audit-words.ts';

interface Filter { readonly who?: string; readonly act?: string; readonly outcome?: string }
interface AuditPageOf { readonly rows: readonly AuditRow[]; readonly next: number | null }
const pageRows = 100;
const colour = { begun: 'red', done: 'green', refused: 'orange', failed: 'red' } as const;

function Rows({ rows }: { readonly rows: readonly AuditRow[] }) {
  const words = useWords(auditWords), shared = useWords(common);
  const columns = useMemo((): Column<AuditRow>[] => [
    { id: 'at', header: words.at, cell: ({ at }) => <When at={at} /> },
    { id: 'who', header: words.who, cell: ({ who, role }) => <>{who === '-' ? words.nobody : who}{role !== null && role in shared.role && <Text size="xs" c="dimmed">{shared.role[role as keyof typeof shared.role]}</Text>}</> },
    { id: 'act', header: words.act, cell: ({ act: done }) => (words.acts as Readonly<Record<string, string>>)[done] ?? done },
    { id: 'objects', header: words.objects, cell: ({ objects }) => Object.entries(objects).map(([kind, id]) => <div key={kind}>{kind} {id}</div>) },
    { id: 'reason', header: words.reason, cell: ({ reason }) => reason ?? '–' },
    { id: 'outcome', header: words.outcome, cell: ({ outcome, fault }) => <><Badge color={colour[outcome]}>{words.outcomes[outcome]}</Badge>{fault !== null && <Text size="xs">{fault}</Text>}</> },
    { id: 'address', header: words.address, cell: ({ address }) => address ?? words.commandLine },
  ], [words, shared]);
  return <DataTable label={words.list} rows={rows} columns={columns} rowKey={({ seq }) => seq} />;
}

function Verification({ verified }: { readonly verified: Verified }) {
  const words = useWords(auditWords);
  const { language } = useLanguage();
  const { sound, rows, head, problems } = verified;
  return (
    <Alert color={sound ? 'green' : 'red'} variant="outline" role={sound ? 'status' : 'alert'} title={sound ? words.sound(number(rows, language), number(head.seq, language)) : words.broken}>
      {problems.length > 0 && <ul>{problems.map(({ seq, problem }) => <li key={`${String(seq)} ${problem}`}>{words.problem(number(seq, language), words.problems[problem])}</li>)}</ul>}
      <Text size="sm">{words.head} : <code className="wrap">{head.hash}</code></Text>
    </Alert>
  );
}

export function AuditPage() {
  const words = useWords(auditWords);
  const [filter, setFilter] = useState<Filter>({});
  const pages = useInfiniteQuery({
    queryKey: ['audit', filter], initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => get<AuditPageOf>('/api/audit', { ...filter, limit: pageRows, cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const verifying = useMutation({ mutationFn: () => act<Verified>('POST', '/api/audit/verify') });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    setFilter({ who: field(form, 'who').trim(), act: field(form, 'act').trim(), outcome: field(form, 'outcome') });
  };
  return (
    <>
      <PageHead title={words.title}><Button size="xs" loading={verifying.isPending} onClick={() => { verifying.mutate(); }}>{words.verify}</Button></PageHead>
      <Stack gap="md">
        <Text size="sm" c="dimmed">{words.intro}</Text>
        {verifying.isError && <Failed error={verifying.error} />}
        {verifying.data !== undefined && <Verification verified={verifying.data} />}
        <form onSubmit={submit} onReset={() => { setFilter({}); }}>
          <Group gap="xs" align="flex-end" className="filters">
            <TextInput name="who" label={words.who} maxLength={200} />
            <NativeSelect name="act" label={words.act} data={[{ value: '', label: words.everything }, ...Object.entries(words.acts).map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))]} />
            <NativeSelect name="outcome" label={words.outcome} data={[{ value: '', label: words.everything }, ...(['begun', 'done', 'refused', 'failed'] as const).map((one) => ({ value: one, label: words.outcomes[one] }))]} />
            <Button type="submit" variant="default">{words.filter}</Button><Button type="reset" variant="subtle">{words.clear}</Button>
          </Group>
        </form>
        <Answer of={pages}>{(data) => { const rows = data.pages.flatMap((page) => page.rows); return rows.length === 0 ? <Empty>{words.empty}</Empty> : <Rows rows={rows} />; }}</Answer>
        {pages.hasNextPage && <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => { void pages.fetchNextPage(); }}>{words.more}</Button>}
      </Stack>
    </>
  );
}
