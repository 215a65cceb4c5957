import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Revealed, RevealPart, Story } from '../../../api/contract/story.ts';
import { act, onThisClock } from '../api/client.ts';
import { useMay } from '../api/session.tsx';
import { ActDialog } from '../parts/act-dialog.tsx';
import { useNow } from '../parts/when.tsx';
import { duration } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { CorrectDialog } from './message-correct.tsx';
import { RevealedDocuments } from './message-documents.tsx';
import { SideBySide } from './message-side-by-side.tsx';
import { messageWords } from './message-words.ts';

const first: readonly RevealPart[] = ['raw', 'bundle', 'sent', 'acknowledgement', 'answers'];

/**
 * The patient's data: asked for with a reason, in this component's memory only, gone when the time granted is over or the page
 * is left.
 */
export function Content({ story }: { readonly story: Story }) {
  const words = useWords(messageWords);
  const operator = useMay('operator');
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const [ended, setEnded] = useState(false);
  const [asking, setAsking] = useState<'reveal' | 'correct' | null>(null);
  const address = `/api/messages/${encodeURIComponent(story.message.trace)}`;
  const expiresAt = revealed?.grant.expiresAt ?? null;
  useEffect(() => {
    if (expiresAt === null) return undefined;
    const timer = setTimeout(() => { setRevealed(null); setAsking(null); setEnded(true); }, Math.max(0, expiresAt - Date.now()));
    return () => { clearTimeout(timer); };
  }, [expiresAt]);
  if (!operator || story.forgotten) return null;
  const reveal = async (reason: string): Promise<void> => { const got = await act<Revealed>('POST', `${address}/reveal`, { reason, parts: first }); setRevealed({ ...got, grant: { ...got.grant, expiresAt: onThisClock(got.grant.expiresAt) } }); setEnded(false); };
  const more = async (parts: readonly RevealPart[]): Promise<void> => {
    const next = await act<Revealed>('POST', `${address}/reveal`, { grant: revealed?.grant.id, parts });
    setRevealed((before) => (before === null ? null : { ...before, ...next, grant: before.grant }));
  };
  return (
    <section>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} size="h4">{words.content}</Title>
        {revealed === null
          ? <Button onClick={() => { setAsking('reveal'); }}>{words.reveal}</Button>
          : <Group gap="sm"><Remaining until={revealed.grant.expiresAt} />{story.mayCorrect && typeof revealed.raw?.shown.text === 'string' && <Button variant="default" onClick={() => { setAsking('correct'); }}>{words.correct}</Button>}<Button variant="default" onClick={() => { setRevealed(null); }}>{words.hide}</Button></Group>}
      </Group>
      {ended && revealed === null && <Alert color="gray" variant="outline" role="status"><Text>{words.ended}</Text></Alert>}
      {revealed !== null && <SideBySide revealed={revealed} />}
      {revealed !== null && story.documents.length > 0 && <RevealedDocuments documents={revealed.documents} show={() => more(['documents'])} />}
      {asking === 'reveal' && <ActDialog title={words.reveal} consequence={words.revealThen} confirm={words.reveal} act={reveal} close={() => { setAsking(null); }} />}
      {asking === 'correct' && revealed !== null && <CorrectDialog address={address} grant={revealed.grant.id} original={revealed.raw?.shown.text ?? ''} close={() => { setAsking(null); }} />}
    </section>
  );
}

function Remaining({ until }: { readonly until: number }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const now = useNow(1000);
  return <Text size="sm" role="timer">{words.remaining(duration(Math.max(0, Math.ceil((until - now) / 1000) * 1000), language))}</Text>;
}
