import { Button, Group, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Corrected, CorrectionTrial } from '../../../api/contract/story.ts';
import { act } from '../api/client.ts';
import { ActDialog } from '../parts/act-dialog.tsx';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../words/language.tsx';
import { TrialSeen } from './correction-trial.tsx';
import { correctionWords } from './correction-words.ts';
import { messageWords } from './message-words.ts';

/** The ends of lines as the original had them: a browser's field knows one kind only. */
const asBefore = (text: string, original: string): string => (original.includes('\r\n') ? text.replaceAll('\n', '\r\n') : original.includes('\r') ? text.replaceAll('\n', '\r') : text);

/** A correction is sent only once whom it goes to was seen, and for the very text that was tried. */
export function CorrectDialog({ address, original, grant, close }: { readonly address: string; readonly original: string; readonly grant: string; readonly close: () => void }) {
  const words = useWords(messageWords), own = useWords(correctionWords);
  const go = useNavigate();
  const [text, setText] = useState(() => original.replace(/\r\n?/g, '\n'));
  const [seen, setSeen] = useState<{ readonly text: string; readonly trial: CorrectionTrial } | null>(null);
  const trying = useMutation({ gcTime: 0, mutationFn: async (tried: string) => { setSeen({ text: tried, trial: await act<CorrectionTrial>('POST', `${address}/correct/trial`, { grant, text: asBefore(tried, original) }) }); } });
  const correct = async (reason: string): Promise<void> => {
    const { trace } = await act<Corrected>('POST', `${address}/correct`, { reason, text: asBefore(text, original) });
    await go(trace === null ? '/held' : `/messages/${trace}`);
  };
  const tried = seen?.text === text ? seen.trial : null;
  return (
    <ActDialog title={words.correct} consequence={words.correctThen} confirm={words.correct} grave act={correct} close={close} ready={tried !== null}>
      <Textarea label={words.correctedText} value={text} onChange={(event) => { setText(event.currentTarget.value); trying.reset(); }} rows={12} spellCheck={false} autoComplete="off" classNames={{ input: 'mono' }} />
      {tried === null && <Group gap="sm"><Button variant="default" loading={trying.isPending} onClick={() => { trying.mutate(text); }}>{own.try}</Button><Text size="sm">{own.tryFirst}</Text></Group>}
      {trying.isError && <Failed error={trying.error} />}
      {tried !== null && <TrialSeen trial={tried} />}
    </ActDialog>
  );
}
