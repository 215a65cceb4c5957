import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Replay } from '../../../api/contract/replays.ts';
import type { AttemptSeen, DeliverySeen } from '../../../api/contract/story.ts';
import { act } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { StateBadge } from '../parts/badges.tsx';
import { CauseLines } from '../parts/cause.tsx';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Ago, When } from '../parts/when.tsx';
import { common } from '../words/common.ts';
import { duration } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { messageWords } from './message-words.ts';

export function Deliveries({ deliveries }: { readonly deliveries: readonly DeliverySeen[] }) {
  const words = useWords(messageWords);
  return deliveries.length === 0 ? <Empty>{words.noDelivery}</Empty> : <Stack gap="sm">{deliveries.map((one) => <Delivery key={one.id} delivery={one} />)}</Stack>;
}

function Delivery({ delivery }: { readonly delivery: DeliverySeen }) {
  const words = useWords(messageWords), shared = useWords(common);
  const { language } = useLanguage();
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" gap="xs" mb={4}>
        <Group gap="xs">
          <Title order={3} size="h5">{delivery.destination}</Title><StateBadge state={delivery.state} /><Text size="sm">{shared.action[delivery.action]} n° {delivery.id}</Text>
          {delivery.isAcknowledgement && <Badge color="gray">{words.acknowledgement}</Badge>}
          {delivery.ms !== null && <Text size="sm" c="dimmed">{words.total(duration(delivery.ms, language))}</Text>}
        </Group>
        <DeliveryActs id={delivery.id} destination={delivery.destination} may={delivery.may} />
      </Group>
      {delivery.state === 'delivered' ? <Text size="sm">{delivery.reason.text}</Text> : <CauseLines cause={delivery.reason} />}
      {delivery.inDoubt && <Text size="sm">{words.inDoubt}</Text>}
      <Group gap="md">
        {delivery.notBefore !== null && delivery.state === 'waiting' && <Text size="sm">{words.nextTry} : <Ago at={delivery.notBefore} /></Text>}
        {delivery.deadline !== null && ['waiting', 'held'].includes(delivery.state) && <Text size="sm">{words.deadline} : <When at={delivery.deadline} /></Text>}
        {delivery.remoteId !== null && <Text size="sm">{words.remoteId} : <code>{delivery.remoteId}</code></Text>}
      </Group>
      <Attempts attempts={delivery.attempts} label={`${words.attempts} ${delivery.destination} ${String(delivery.id)}`} />
    </Paper>
  );
}

function Attempts({ attempts, label }: { readonly attempts: readonly AttemptSeen[]; readonly label: string }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<AttemptSeen>[] => [
    { id: 'n', header: words.attempt, cell: ({ n }) => n }, { id: 'begun', header: words.begun, cell: ({ startedAt }) => <When at={startedAt} /> },
    { id: 'took', header: words.took, numeric: true, cell: ({ ms }) => (ms === null ? '–' : duration(ms, language)) }, { id: 'outcome', header: words.outcome, cell: ({ outcome }) => words.outcomeOf(outcome) },
    { id: 'cause', header: words.cause, cell: ({ fault }) => (fault === null ? '–' : <CauseLines cause={fault} />) },
  ], [words, language]);
  return attempts.length === 0 ? <Text size="sm" c="dimmed">{words.noAttempt}</Text> : <DataTable label={label} rows={attempts} columns={columns} rowKey={({ n }) => n} />;
}

const acts = ['release', 'abandon', 'replay'] as const;
type Act = (typeof acts)[number];

/** What may be done with a delivery now, each after saying what follows. */
export function DeliveryActs({ id, destination, may }: { readonly id: number; readonly destination: string; readonly may: readonly Act[] }) {
  const words = useWords(messageWords);
  const operator = useMay('operator');
  const go = useNavigate();
  const [asking, setAsking] = useState<Act | null>(null);
  if (!operator || may.length === 0) return null;
  // A replay is a plan, be it of one delivery: its page shows what would leave, and starts it.
  const plan = async (reason: string): Promise<void> => {
    const made = await act<Replay>('POST', '/api/replays', { selection: { deliveries: [id] }, reason, cap: 1, perMinute: 60 });
    await go(`/replays/${String(made.plan.id)}`);
  };
  const consequence = { release: words.releaseThen, abandon: words.abandonThen, replay: words.replayThen };
  return (
    <Group gap="xs">
      {acts.filter((one) => may.includes(one)).map((one) => <Button key={one} size="xs" variant="default" aria-label={`${words[one]} ${destination} ${String(id)}`} onClick={() => { setAsking(one); }}>{words[one]}</Button>)}
      {asking !== null && <ActDialog title={`${words[asking]} : ${destination}, n° ${String(id)}`} consequence={consequence[asking](destination)} confirm={words[asking]} grave={asking === 'abandon'} act={(reason) => (asking === 'replay' ? plan(reason) : act('POST', `/api/deliveries/${String(id)}/${asking}`, { reason }))} close={() => { setAsking(null); }} />}
    </Group>
  );
}
