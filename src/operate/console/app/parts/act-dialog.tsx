import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';
import { sayDone } from './said.tsx';
import { Failed } from './states.tsx';

/** As the API wants it (src/operate/api/contract/words.ts, Why). */
const shortest = 10, longest = 500;
/** Longest wait for what is shown to be asked anew before the dialog closes. */
const anewMs = 1500;

/** What an act answers when it was one step of several: the dialog stays. */
export const keepOpen = Symbol('keep open');

export interface ActDialogProps {
  readonly title: string;
  /** What will be so once it is done, in plain words. */
  readonly consequence: ReactNode;
  readonly confirm: string;
  /** It cannot be undone. */
  readonly grave?: boolean;
  /** Without one, no reason is asked. */
  readonly act: (reason: string) => Promise<unknown>;
  readonly withReason?: boolean;
  /** Shortest reason, when it is not the usual one. */
  readonly least?: number;
  /** False: something must be done in the dialog first. */
  readonly ready?: boolean;
  readonly close: () => void;
  /** Fields besides the reason. */
  readonly children?: ReactNode;
}

/** Asks before something is changed: what will follow, and why it is done. Everything shown is asked anew afterwards, and what was done is said. */
export function ActDialog({ title, consequence, confirm, grave = false, act, withReason = true, least = shortest, ready = true, close, children }: ActDialogProps) {
  const words = useWords(common);
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const doing = useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      if (answer === keepOpen) return;
      sayDone(title);
      // Before the dialog goes: what was acted on may be gone from the page, and the focus must not go with it.
      await Promise.race([client.invalidateQueries(), new Promise((late) => { setTimeout(late, anewMs); })]);
      close();
    },
  });
  // Where the reader was before is where the reader is afterwards, or at the page's beginning when that is gone (WCAG 2.4.3); the dialog is taken away whole, so the library does not see to it.
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => { setTimeout(() => { if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus(); else document.getElementById('main')?.focus(); }); }, [before]);
  const tooShort = withReason && reason.trim().length < least;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => { event.preventDefault(); if (!tooShort && ready) doing.mutate(reason.trim()); };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': words.close }} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Alert color={grave ? 'red' : 'bridge'} variant="outline">{consequence}</Alert>
          {children}
          {withReason && <Textarea data-autofocus label={words.reason} description={words.reasonHelp} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} minLength={least} maxLength={longest} rows={2} required />}
          {doing.isError && <Failed error={doing.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>{words.cancel}</Button>
            <Button type="submit" color={grave ? 'red.9' : 'bridge'} disabled={tooShort || !ready} loading={doing.isPending}>{confirm}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
