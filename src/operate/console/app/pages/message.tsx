import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Story } from '../../../api/contract/story.ts';
import { act, get } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { DispositionBadge } from '../parts/badges.tsx';
import { Answer } from '../parts/states.tsx';
import { When } from '../parts/when.tsx';
import { PageHead } from '../shell.tsx';
import { bytes } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { Content } from './message-content.tsx';
import { Deliveries } from './message-deliveries.tsx';
import { Documents, Findings, Looked, Losses, Patient } from './message-lists.tsx';
import { Timeline } from './message-timeline.tsx';
import { messageWords } from './message-words.ts';

const everyMs = 5000;

/** One message's whole story. Nothing of its patient is here before a reason was given (message-content.tsx). */
export function MessagePage() {
  const { trace = '' } = useParams();
  return <MessageStory key={trace} trace={trace} />;
}

function MessageStory({ trace }: { readonly trace: string }) {
  const words = useWords(messageWords);
  const story = useQuery({ queryKey: ['message', trace], refetchInterval: everyMs, queryFn: ({ signal }) => get<Story>(`/api/messages/${encodeURIComponent(trace)}`, {}, signal) });
  return (
    <>
      <PageHead title={words.title}><Anchor component={Link} to="/messages">{words.back}</Anchor></PageHead>
      <Answer of={story}>{(data) => (
        <Stack gap="lg">
          <Summary story={data} />
          <Section title={words.deliveries}><Deliveries deliveries={data.deliveries} /></Section>
          <Section title={words.timeline}><Timeline moments={data.timeline} deliveries={data.deliveries} /></Section>
          <Content story={data} />
          <Section title={words.findings}><Findings findings={data.findings} /></Section>
          <Section title={words.losses}><Losses losses={data.losses} /></Section>
          <Section title={words.patient}><Patient values={data.patient} /></Section>
          {data.documents.length > 0 && <Section title={words.documents}><Documents documents={data.documents} /></Section>}
          <Section title={words.looked}><Looked looked={data.looked} /></Section>
        </Stack>
      )}</Answer>
    </>
  );
}

export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => <section><Title order={2} size="h4" mb="xs">{title}</Title>{children}</section>;

function Summary({ story: { message, version, corrects, correctedBy, forgotten, mayReplan } }: { readonly story: Story }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const operator = useMay('operator');
  const [asking, setAsking] = useState(false);
  const facts: (readonly [string, ReactNode])[] = [
    [words.received, <When key="w" at={message.receivedAt} />], [words.source, <Anchor key="s" component={Link} to={`/sources/${encodeURIComponent(message.source)}`}>{message.source}</Anchor>], [words.type, message.type === '' ? message.format : `${message.type} (${message.format})`],
    [words.disposition, <DispositionBadge key="d" disposition={message.disposition} />], [words.ack, message.ack ?? '–'], [words.size, bytes(message.size, language)], [words.number, String(message.seq)], [words.trace, <code key="t">{message.trace}</code>],
    ...(version === null ? [] : [[words.version, version] as const]),
  ];
  return (
    <Stack gap="sm">
      <dl className="facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {corrects !== null && <Alert color="orange" variant="outline">{words.corrects} <Anchor component={Link} to={`/messages/${corrects}`}>{corrects}</Anchor>.</Alert>}
      {correctedBy.map((one) => <Alert key={one} color="bridge" variant="outline">{words.correctedBy} <Anchor component={Link} to={`/messages/${one}`}>{one}</Anchor>.</Alert>)}
      {forgotten && <Alert color="gray" variant="outline"><Text>{words.forgotten}</Text></Alert>}
      {mayReplan && operator && <Group><Button onClick={() => { setAsking(true); }}>{words.replan}</Button></Group>}
      {asking && <ActDialog title={words.replan} consequence={words.replanThen} confirm={words.replan} act={(reason) => act('POST', `/api/messages/${encodeURIComponent(message.trace)}/replan`, { reason })} close={() => { setAsking(false); }} />}
    </Stack>
  );
}
