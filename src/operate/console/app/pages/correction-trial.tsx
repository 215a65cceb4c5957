import { Alert, Badge, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { CorrectionShown, CorrectionTrial } from '../../../api/contract/story.ts';
import { CauseLines } from '../parts/cause.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { common } from '../words/common.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { changeOf } from './correction-change.ts';
import { correctionWords } from './correction-words.ts';

type Delivery = CorrectionTrial['deliveries'][number] & { readonly n: number };
const colour = { planned: 'green', held: 'orange', refused: 'red' } as const;

/** Whom a corrected copy would go to, and what of the original it would close: seen before it is sent. */
export function TrialSeen({ trial: { deliveries, closes, otherPerson, secondPerson } }: { readonly trial: CorrectionTrial }) {
  const words = useWords(correctionWords), shared = useWords(common);
  const columns = useMemo((): Column<Delivery>[] => [
    { id: 'destination', header: words.destination, cell: ({ destination, action }) => `${destination}, ${shared.action[action]}` },
    { id: 'recipient', header: words.recipient, cell: ({ recipient }) => (recipient === null ? words.itself : <code>{recipient}</code>) },
    { id: 'state', header: words.state, cell: ({ state }) => <Badge color={colour[state]}>{words.states[state]}</Badge> },
    { id: 'why', header: words.why, cell: ({ reason }) => <CauseLines cause={reason} /> },
  ], [words, shared]);
  const rows = useMemo(() => deliveries.map((one, n): Delivery => ({ ...one, n })), [deliveries]);
  return (
    <section aria-label={words.to} aria-live="polite" data-trial>
      <Title order={3} size="h5" mb={4}>{words.to}</Title>
      <Stack gap="xs">
        {otherPerson && <Alert color="red" variant="outline">{words.otherPerson}</Alert>}
        {rows.length === 0 ? <Text size="sm">{words.nobody}</Text> : <DataTable label={words.to} rows={rows} columns={columns} rowKey={({ n }) => n} />}
        <Text size="sm">{closes.length === 0 ? words.closesNothing : words.closes(closes.map(({ id, destination }) => `${destination} n° ${String(id)}`).join(', '))}</Text>
        {secondPerson && <Text size="sm" fw={600}>{words.second}</Text>}
      </Stack>
    </section>
  );
}

/** What a correction changes, as whoever approves it reads it. */
export function ChangeSeen({ shown: { original, text } }: { readonly shown: CorrectionShown }) {
  const words = useWords(correctionWords);
  const { language } = useLanguage();
  const change = useMemo(() => (original === null ? null : changeOf(original, text)), [original, text]);
  const part = (name: string, lines: readonly string[]) => <div><Text size="sm" fw={600}>{name}</Text><pre className="text" tabIndex={0} aria-label={name}>{lines.length === 0 ? words.nothing : lines.join('\n')}</pre></div>;
  return (
    <section aria-label={words.changes} data-change>
      <Title order={3} size="h5" mb={4}>{words.changes}{change !== null && <Text component="span" size="xs" c="dimmed"> {words.line(number(change.line, language))}</Text>}</Title>
      {change === null ? <><Text size="sm">{words.lost}</Text><pre className="text" tabIndex={0} aria-label={words.becomes}>{text}</pre></> : <Stack gap="xs">{part(words.was, change.was)}{part(words.becomes, change.becomes)}</Stack>}
    </section>
  );
}
