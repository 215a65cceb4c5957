import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Converted } from '../../../api/contract/vendor.ts';
import { SeverityBadge } from '../parts/badges.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { useWords } from '../words/language.tsx';
import { Findings, Losses } from './vendor-findings.tsx';
import { vendorWords } from './vendor-words.ts';

/** OperationOutcome (FHIR R4), as far as it is shown. */
export interface Outcome { readonly issue?: readonly Issue[] }
interface Issue { readonly severity: string; readonly code: string; readonly diagnostics?: string; readonly expression?: readonly string[]; readonly details?: { readonly text?: string } }

const shown = (severity: string): 'error' | 'warning' | 'information' => (severity === 'fatal' || severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'information');

/** The Bundle of each message of a file. */
export function ConvertedMessages({ messages }: { readonly messages: readonly Converted[] }) {
  const words = useWords(vendorWords);
  return (
    <Stack gap="md">
      {messages.map((one, rank) => (
        <Paper key={`${one.messageType} ${String(rank)}`} withBorder p="sm">
          <Stack gap="sm">
            <Title order={2} size="h4">{one.messageType === '' ? one.format : one.messageType}</Title>
            <Findings findings={one.findings} />
            <Losses losses={one.loss} />
            {one.bundle !== null && <section aria-label={words.bundle}><Title order={3} size="h5">{words.bundle}</Title><pre className="long" tabIndex={0}>{JSON.stringify(one.bundle, null, 2)}</pre></section>}
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

/** What the validator says of one resource. */
export function Validated({ outcome: { issue = [] } }: { readonly outcome: Outcome }) {
  const words = useWords(vendorWords);
  const columns = useMemo((): Column<Issue>[] => [
    { id: 'severity', header: words.severity, cell: ({ severity }) => <SeverityBadge severity={shown(severity)} /> },
    { id: 'place', header: words.place, cell: ({ expression = [] }) => <code>{expression.join(', ')}</code> },
    { id: 'what', header: words.what, cell: ({ details, diagnostics }) => <>{details?.text ?? diagnostics}{details?.text !== undefined && diagnostics !== undefined && <Text size="xs" c="dimmed">{diagnostics}</Text>}</> },
    { id: 'code', header: words.code, cell: ({ code }) => code },
  ], [words]);
  const valid = !issue.some(({ severity }) => shown(severity) === 'error');
  return (
    <Stack gap="sm">
      <Alert color={valid ? 'green' : 'red'} variant="outline">{valid ? words.valid : words.invalid}</Alert>
      {issue.length > 0 && <DataTable label={words.issues} rows={issue} columns={columns} rowKey={(one) => JSON.stringify(one)} />}
    </Stack>
  );
}
