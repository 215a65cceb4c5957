import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Checked } from '../../../api/contract/vendor.ts';
import { DataTable, type Column } from '../parts/table.tsx';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';
import { Findings, Losses } from './vendor-findings.tsx';
import { vendorWords } from './vendor-words.ts';

type Delivery = Checked['deliveries'][number];
type AckError = NonNullable<Checked['ack']>['errors'][number];
const stateColour: Readonly<Record<string, string>> = { planned: 'green', held: 'orange', refused: 'red' };
const named = (table: Readonly<Record<string, string>>, name: string): string => table[name] ?? name;
const positive = (code: string): boolean => code.endsWith('A');

function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const words = useWords(vendorWords), shared = useWords(common);
  const columns = useMemo((): Column<Delivery>[] => [
    { id: 'destination', header: words.destination, cell: ({ destination, system, recipient }) => <>{destination} <Text span size="xs" c="dimmed">{system}</Text>{typeof recipient === 'string' && <div>{recipient}</div>}</> },
    { id: 'action', header: words.action, cell: ({ action }) => named(shared.action, action) },
    { id: 'state', header: words.state, cell: ({ state }) => <Badge color={stateColour[state] ?? 'gray'}>{named(words.states, state)}</Badge> },
    { id: 'why', header: words.why, cell: ({ reason }) => reason.text },
    { id: 'headers', header: words.headers, cell: ({ headers }) => <details><summary>{words.headers}</summary><pre className="wrap">{JSON.stringify(headers, null, 2)}</pre></details> },
  ], [words, shared]);
  return deliveries.length === 0 ? <Text size="sm">{words.noDelivery}</Text> : <DataTable label={words.deliveries} rows={deliveries} columns={columns} rowKey={({ destination, recipient, action }) => `${destination} ${String(recipient)} ${action}`} />;
}

function Acknowledgement({ ack }: { readonly ack: Checked['ack'] }) {
  const words = useWords(vendorWords);
  const columns = useMemo((): Column<AckError>[] => [
    { id: 'place', header: words.place, cell: ({ location }) => <code>{location}</code> },
    { id: 'code', header: words.code, cell: ({ err3, err5 }) => `${String(err3)}${err5 === null ? '' : ` / ${String(err5)}`}` },
    { id: 'what', header: words.what, cell: ({ text, code }) => <>{text} <Text span size="xs" c="dimmed">{code}</Text></> },
  ], [words]);
  if (ack === null) return <Text size="sm">{words.ack} : {words.noAck}</Text>;
  return (
    <>
      <Group gap="xs"><Text>{words.ack}</Text><Badge color={positive(ack.code) ? 'green' : 'red'}>{ack.code}</Badge></Group>
      {ack.errors.length > 0 && <DataTable label={words.ack} rows={ack.errors} columns={columns} rowKey={({ code, location, text }) => `${code} ${location} ${text}`} />}
    </>
  );
}

/** The whole way of each message of a file, without sending. */
export function CheckedMessages({ messages }: { readonly messages: readonly Checked[] }) {
  const words = useWords(vendorWords);
  return (
    <Stack gap="md">
      {messages.map((one, rank) => (
        <Paper key={`${one.controlId} ${String(rank)}`} withBorder p="sm">
          <Stack gap="sm">
            <Title order={2} size="h4">{one.messageType === '' ? one.format : `${one.messageType} ${one.controlId}`}</Title>
            <Acknowledgement ack={one.ack} />
            {one.identity !== null && <Text size="sm">{words.identity} : {one.identity.qualified ? words.qualified : words.notQualified}{one.identity.status === null ? '' : ` (${one.identity.status})`}</Text>}
            <section><Title order={3} size="h5">{words.deliveries}</Title><Deliveries deliveries={one.deliveries} /></section>
            <section><Title order={3} size="h5">{words.findings}</Title><Findings findings={one.findings} /></section>
            <section><Title order={3} size="h5">{words.losses}</Title><Losses losses={one.loss} /></section>
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}
