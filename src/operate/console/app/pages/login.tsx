import { Button, Divider, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useSessionActs } from '../api/session.tsx';
import { field } from '../parts/form.ts';
import { Failed } from '../parts/states.tsx';
import { LanguageButton, ThemeButton } from '../shell.tsx';
import { useTitle } from '../parts/title.ts';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell.ts';

/** The first page of anybody. The address asked for stays, to be shown once signed in. */
export function LoginPage({ openid }: { readonly openid: string | null }) {
  const words = useWords(shellWords);
  const { login } = useSessionActs();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useTitle(words.login);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    login(field(form, 'account'), field(form, 'password'))
      .catch((refusal: unknown) => { setError(refusal); setBusy(false); form.querySelector<HTMLInputElement>('[name=password]')?.select(); });
  };
  return (
    <main className="alone">
      <Paper withBorder p="lg" w="100%" maw={400}>
        <Group justify="space-between" mb="md"><Title order={1} size="h2">Passerelle</Title><Group gap="xs"><LanguageButton /><ThemeButton /></Group></Group>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput name="account" label={words.account} autoComplete="username" autoCapitalize="none" spellCheck={false} required withAsterisk={false} autoFocus />
            <PasswordInput name="password" label={words.password} autoComplete="current-password" required withAsterisk={false} />
            {error !== null && <Failed error={error} />}
            <Button type="submit" loading={busy}>{words.enter}</Button>
          </Stack>
        </form>
        {openid !== null && <><Divider my="md" /><Button component="a" href="/api/session/openid" variant="default" fullWidth>{words.openid(openid)}</Button></>}
        <Text size="sm" c="dimmed" mt="md">{words.firstTime}</Text>
      </Paper>
    </main>
  );
}
