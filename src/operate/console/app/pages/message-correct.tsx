import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Corrected } from '../../../api/contract/story.ts';
import { act } from '../api/client.ts';
import { ActDialog } from '../parts/act-dialog.tsx';
import { useWords } from '../words/language.tsx';
import { messageWords } from './message-words.ts';

/** The ends of lines as the original had them: a browser's field knows one kind only. */
const asBefore = (text: string, original: string): string => (original.includes('\r\n') ? text.replaceAll('\n', '\r\n') : original.includes('\r') ? text.replaceAll('\n', '\r') : text);

export function CorrectDialog({ address, original, close }: { readonly address: string; readonly original: string; readonly close: () => void }) {
  const words = useWords(messageWords);
  const go = useNavigate();
  const [text, setText] = useState(() => original.replace(/\r\n?/g, '\n'));
  const correct = async (reason: string): Promise<void> => {
    const { trace } = await act<Corrected>('POST', `${address}/correct`, { reason, text: asBefore(text, original) });
    await go(trace === null ? '/held' : `/messages/${trace}`);
  };
  return (
    <ActDialog title={words.correct} consequence={words.correctThen} confirm={words.correct} grave act={correct} close={close}>
      <Textarea label={words.correctedText} value={text} onChange={(event) => { setText(event.currentTarget.value); }} rows={12} spellCheck={false} autoComplete="off" classNames={{ input: 'mono' }} />
    </ActDialog>
  );
}
