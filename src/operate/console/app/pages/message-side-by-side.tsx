import { NativeSelect, Paper, Tabs, Text, Title } from '@mantine/core';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Revealed } from '../../../api/contract/story.ts';
import { bytes } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { JsonView } from './message-json.tsx';
import { indented, linksOf, valuesAt } from './message-links.ts';
import { RawView } from './message-raw.tsx';
import { PlainText } from './message-text.tsx';
import { messageWords } from './message-words.ts';

const noLinks: readonly never[] = [];

/** What came, what it became, what left: a field pointed at lights up in all three, by the provenance the mapping wrote. */
export function SideBySide({ revealed }: { readonly revealed: Revealed }) {
  const words = useWords(messageWords);
  const [place, setPlace] = useState<string | null>(null);
  const given = revealed.bundle?.links ?? noLinks;
  const links = useMemo(() => linksOf(given), [given]);
  const point = useCallback((places: readonly string[]) => { const [one] = places; if (one !== undefined) setPlace(one); }, []);
  const paths = place === null ? [] : links.paths.get(place) ?? [];
  const span = revealed.raw?.places.find((one) => one.place === place);
  const value = span === undefined ? '' : revealed.raw?.shown.text?.slice(span.start, span.end) ?? '';
  const values = [value, ...valuesAt(revealed.bundle?.json, paths)];
  return (
    <>
      <NativeSelect mb="xs" maw={420} label={words.choose} description={words.chooseHelp} value={place ?? ''} onChange={(event) => { setPlace(event.currentTarget.value === '' ? null : event.currentTarget.value); }} data={[{ value: '', label: words.none }, ...[...links.paths.keys()].map((one) => ({ value: one, label: one }))]} />
      <div className="sides">
        <Pane title={words.raw} {...(revealed.raw === undefined ? {} : { size: revealed.raw.shown.size, charset: revealed.raw.shown.charset })}>
          {typeof revealed.raw?.shown.text === 'string' ? <RawView text={revealed.raw.shown.text} places={revealed.raw.places} links={links} marked={place} point={point} /> : <Text size="sm">{words.noText}</Text>}
        </Pane>
        <Pane title={words.fhir}>
          {revealed.bundle === undefined ? <Text size="sm">{words.noBundle}</Text> : <JsonView json={revealed.bundle.json} links={links} marked={paths} point={point} />}
        </Pane>
        <Pane title={words.sent}><Sent revealed={revealed} values={values} /></Pane>
      </div>
    </>
  );
}

function Pane({ title, size, charset, children }: { readonly title: string; readonly size?: number; readonly charset?: string; readonly children: ReactNode }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  return <Paper withBorder p="xs"><Title order={3} size="h5" mb={4}>{title}{size !== undefined && <Text component="span" size="xs" c="dimmed"> {words.bytesOf(bytes(size, language), charset ?? '')}</Text>}</Title>{children}</Paper>;
}

/** Bodies as they left, what the partners said, and the acknowledgement the sender got. */
function Sent({ revealed: { sent = [], answers = [], acknowledgement }, values }: { readonly revealed: Revealed; readonly values: readonly string[] }) {
  const words = useWords(messageWords);
  const tabs: (readonly [string, ReactNode])[] = [
    ...sent.map((one) => [`${one.destination} ${String(one.delivery)} · ${one.step}`, one.body.text === null ? <Text size="sm">{words.noText}</Text> : <PlainText text={Object.entries(one.meta).map(([name, said]) => `${name}: ${said}\n`).join('') + indented(one.body.text)} values={values} label={`${words.sent} ${one.destination}`} />] as const),
    ...(typeof acknowledgement?.text === 'string' ? [[words.ack, <PlainText key="ack" text={acknowledgement.text} values={[]} label={words.ack} />] as const] : []),
    ...(answers.length === 0 ? [] : [[words.answers, <PlainText key="answers" text={answers.map((one) => `${one.destination} ${String(one.delivery)}, ${words.attempt} ${String(one.n)}\n${one.text}`).join('\n\n')} values={[]} label={words.answers} />] as const]),
  ];
  if (tabs.length === 0) return <Text size="sm">{words.noSent}</Text>;
  return (
    <Tabs defaultValue="0">
      <Tabs.List>{tabs.map(([name], at) => <Tabs.Tab key={at} value={String(at)}>{name}</Tabs.Tab>)}</Tabs.List>
      {tabs.map(([, view], at) => <Tabs.Panel key={at} value={String(at)} pt="xs">{view}</Tabs.Panel>)}
    </Tabs>
  );
}
