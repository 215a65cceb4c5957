import { Button, FileButton, Group, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import type { Checked, Converted } from '../../../api/contract/vendor.ts';
import { sendBytes } from '../api/client.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { PageHead } from '../shell.tsx';
import { bytes } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { CheckedMessages } from './vendor-checked.tsx';
import { ConvertedMessages, type Outcome, Validated } from './vendor-converted.tsx';
import { Fixtures } from './vendor-fixtures.tsx';
import { Reports } from './vendor-reports.tsx';
import { vendorWords } from './vendor-words.ts';

type What = 'check' | 'convert' | 'validate';
type Result = { readonly what: 'check'; readonly messages: readonly Checked[] } | { readonly what: 'convert'; readonly messages: readonly Converted[] } | { readonly what: 'validate'; readonly outcome: Outcome };

/** A segment a line, as people paste it, is HL7 v2's carriage return on the wire. */
const asBytes = (text: string): Blob => new Blob([/^(?:MSH|FHS|BHS)\|/.test(text) ? text.replace(/\r\n|\n/g, '\r') : text]);

async function ask(what: What, message: Blob, profile: string): Promise<Result> {
  if (what === 'check') return { what, messages: (await sendBytes<{ messages: Checked[] }>('/api/vendor/check', message)).messages };
  if (what === 'convert') return { what, messages: (await sendBytes<{ messages: Converted[] }>('/api/vendor/convert', message)).messages };
  return { what, outcome: await sendBytes<Outcome>(`/api/vendor/validate${profile === '' ? '' : `?profile=${encodeURIComponent(profile)}`}`, message) };
}

function Results({ result }: { readonly result: Result }) {
  switch (result.what) {
    case 'check': return <CheckedMessages messages={result.messages} />;
    case 'convert': return <ConvertedMessages messages={result.messages} />;
    case 'validate': return <Validated outcome={result.outcome} />;
  }
}

/** What a vendor's message becomes. What is pasted here lives in this component only. */
export function VendorPage() {
  const words = useWords(vendorWords);
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [profile, setProfile] = useState('');
  const asking = useMutation({ gcTime: 0, mutationFn: ({ what, message }: { what: What; message: Blob }) => ask(what, message, profile.trim()) });
  const take = (taken: File | null): void => { if (taken !== null) { setFile(taken); asking.reset(); } };
  const drop = (event: DragEvent): void => { event.preventDefault(); take(event.dataTransfer.files[0] ?? null); };
  const start = (what: What): void => { asking.mutate({ what, message: file ?? asBytes(text) }); };
  const nothing = file === null && text.trim() === '';
  return (
    <>
      <PageHead title={words.title} />
      <Stack gap="md">
        <Text size="sm" c="dimmed">{words.intro}</Text>
        <Paper withBorder p="sm" onDragOver={(event) => { event.preventDefault(); }} onDrop={drop}>
          <Stack gap="sm">
            {file === null
              ? <Textarea label={words.text} value={text} onChange={(event) => { setText(event.currentTarget.value); }} minRows={8} maxRows={18} autosize spellCheck={false} autoComplete="off" classNames={{ input: 'mono' }} />
              : <Group gap="sm"><Text>{words.chosen(file.name, bytes(file.size, language))}</Text><Button size="compact-sm" variant="default" onClick={() => { setFile(null); }}>{words.useText}</Button></Group>}
            <Group gap="xs" align="flex-end" className="filters">
              <FileButton onChange={take}>{(props) => <Button {...props} variant="default">{words.drop}</Button>}</FileButton>
              <Button disabled={nothing} onClick={() => { start('check'); }}>{words.check}</Button>
              <Button disabled={nothing} variant="default" onClick={() => { start('convert'); }}>{words.convert}</Button>
            </Group>
            <Group gap="xs" align="flex-end" className="filters">
              <TextInput label={words.profile} value={profile} onChange={(event) => { setProfile(event.currentTarget.value); }} maxLength={500} />
              <Button disabled={nothing} variant="default" onClick={() => { start('validate'); }}>{words.validate}</Button>
            </Group>
            {nothing && <Text size="sm" c="dimmed">{words.nothing}</Text>}
          </Stack>
        </Paper>
        <section aria-label={words.results} aria-live="polite">
          {asking.isPending && <Loading />}
          {asking.isError && <Failed error={asking.error} />}
          {asking.data !== undefined && <Results result={asking.data} />}
        </section>
        <Fixtures take={(taken) => { setFile(null); setText(taken); asking.reset(); }} takeFile={take} />
        <Reports />
      </Stack>
    </>
  );
}
