import { Alert, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useSession, useSessionActs } from '../api/session.tsx';
import { field } from '../parts/form.ts';
import { Failed } from '../parts/states.tsx';
import { useTitle } from '../parts/title.ts';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell.ts';

const shortest = 12;

/** One's own password; at the first login nothing else is shown before it is changed. */
export function PasswordPage() {
  const words = useWords(shellWords);
  const { passwordMustChange } = useSession();
  const { changePassword } = useSessionActs();
  const [wanted, setWanted] = useState('');
  const [again, setAgain] = useState('');
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked');
  const [error, setError] = useState<unknown>(null);
  useTitle(words.changePassword);
  const differ = again !== '' && again !== wanted;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (wanted.length < shortest || wanted !== again) return;
    setState('busy');
    changePassword(field(event.currentTarget, 'present'), wanted)
      .then(() => { setState('done'); setError(null); })
      .catch((refusal: unknown) => { setError(refusal); setState('asked'); });
  };
  return (
    <Paper withBorder p="lg" w="100%" maw={440}>
      <Title order={1} size="h2" mb="xs">{words.changePassword}</Title>
      <Text mb="md">{passwordMustChange ? words.mustChange : words.othersClose}</Text>
      {state === 'done' ? <Alert color="green" role="status">{words.changed}</Alert> : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <PasswordInput name="present" label={words.present} autoComplete="current-password" required withAsterisk={false} />
            <PasswordInput label={words.wanted} description={words.rule} autoComplete="new-password" minLength={shortest} required withAsterisk={false} value={wanted} onChange={(event) => { setWanted(event.currentTarget.value); }} error={wanted !== '' && wanted.length < shortest ? words.tooShort : null} />
            <PasswordInput label={words.wantedAgain} autoComplete="new-password" required withAsterisk={false} value={again} onChange={(event) => { setAgain(event.currentTarget.value); }} error={differ ? words.differ : null} />
            {error !== null && <Failed error={error} />}
            <Button type="submit" loading={state === 'busy'}>{words.change}</Button>
          </Stack>
        </form>
      )}
    </Paper>
  );
}
