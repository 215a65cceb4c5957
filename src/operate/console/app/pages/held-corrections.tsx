import { Alert, Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { HeldPage } from '../../../api/contract/held.ts';
import type { CorrectionShown } from '../../../api/contract/story.ts';
import { act, onThisClock } from '../api/client.ts';
import { useMay, useSession } from '../api/session.tsx';
import { ActDialog, keepOpen } from '../parts/act-dialog.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { dateTime } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { ChangeSeen, TrialSeen } from './correction-trial.tsx';
import { correctionWords } from './correction-words.ts';
import { heldWords } from './held-words.ts';

type Correction = HeldPage['corrections'][number];
const pathOf = ({ id }: Correction): string => `/api/corrections/${encodeURIComponent(id)}`;

/** Nobody approves unread: what the correction changes and whom it goes to are seen first, in this component's memory only, until the time granted ends. */
function Review({ correction, close }: { readonly correction: Correction; readonly close: () => void }) {
  const words = useWords(correctionWords);
  const { account } = useSession();
  const [shown, setShown] = useState<CorrectionShown | null>(null);
  useEffect(() => {
    if (shown === null) return undefined;
    const timer = setTimeout(close, Math.max(0, shown.expiresAt - Date.now()));
    return () => { clearTimeout(timer); };
  }, [shown, close]);
  if (shown === null) return <ActDialog title={words.reviewTitle} consequence={words.reviewThen} confirm={words.review} close={close} act={async (reason) => { const got = await act<CorrectionShown>('POST', `${pathOf(correction)}/reveal`, { reason }); setShown({ ...got, expiresAt: onThisClock(got.expiresAt) }); return keepOpen; }} />;
  const own = correction.by === account && shown.trial.secondPerson;
  return (
    <ActDialog title={words.approveTitle} consequence={words.approveThen(correction.trace)} confirm={words.approve} grave ready={!own} close={close} act={(reason) => act('POST', `${pathOf(correction)}/approve`, { reason })}>
      <ChangeSeen shown={shown} />
      <TrialSeen trial={{ ...shown.trial, secondPerson: false }} />
      {own && <Alert color="orange" variant="outline">{words.own}</Alert>}
    </ActDialog>
  );
}

export function Corrections({ rows }: { readonly rows: readonly Correction[] }) {
  const words = useWords(heldWords), own = useWords(correctionWords);
  const { language } = useLanguage();
  const operator = useMay('operator');
  const [asking, setAsking] = useState<{ readonly what: 'review' | 'drop'; readonly correction: Correction } | null>(null);
  const [close] = useState(() => () => { setAsking(null); });
  const columns = useMemo((): Column<Correction>[] => [
    { id: 'at', header: words.at, by: ({ at }) => at, cell: ({ at }) => <When at={at} /> },
    { id: 'message', header: words.message, cell: ({ trace }) => <Anchor component={Link} to={`/messages/${trace}`} size="sm">{trace}</Anchor> },
    { id: 'by', header: words.by, by: ({ by }) => by, cell: ({ by }) => by }, { id: 'why', header: words.why, cell: ({ why }) => why },
    ...(operator ? [{ id: 'acts', header: words.acts, cell: (correction: Correction) => (
      <Group gap="xs">
        <Button size="xs" aria-label={`${own.review} ${dateTime(correction.at, language)}`} onClick={() => { setAsking({ what: 'review', correction }); }}>{own.review}</Button>
        <Button size="xs" variant="default" aria-label={`${own.drop} ${dateTime(correction.at, language)}`} onClick={() => { setAsking({ what: 'drop', correction }); }}>{own.drop}</Button>
      </Group>
    ) }] : []),
  ], [words, own, language, operator]);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">{words.corrections}</Title><Text size="sm" mb={4}>{words.correctionsText}</Text>
      <DataTable label={words.corrections} rows={rows} columns={columns} rowKey={({ id }) => id} />
      {asking?.what === 'review' && <Review correction={asking.correction} close={close} />}
      {asking?.what === 'drop' && <ActDialog title={own.dropTitle} consequence={own.dropThen} confirm={own.drop} grave close={close} act={(reason) => act('POST', `${pathOf(asking.correction)}/drop`, { reason })} />}
    </section>
  );
}
