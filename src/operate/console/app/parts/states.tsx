import { Alert, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiFault } from '../api/client.ts';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';

export function Loading() {
  const words = useWords(common);
  return <Group role="status" gap="sm" p="md"><Loader size="sm" aria-hidden="true" /><Text>{words.loading}</Text></Group>;
}

/** Nothing there: what would be, and what may be done. */
export const Empty = ({ children }: { readonly children: ReactNode }) => <Paper withBorder p="md" role="status"><Text c="dimmed">{children}</Text></Paper>;

/** What was refused or went wrong, in the gateway's own words: what, why, and what to do (RFC 9457). */
export function Failed({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const words = useWords(common);
  const fault = error instanceof ApiFault ? error : null;
  const problem = fault?.problem ?? null;
  const [title, detail, advice] = problem !== null ? [problem.title, problem.detail, problem.advice]
    : fault !== null ? [words.unreachable, '', words.unreachableAdvice] : [words.broken, '', words.brokenAdvice];
  return (
    <Alert color="red" variant="outline" role="alert" title={title} data-failed>
      <Stack gap={4} align="flex-start">
        {detail !== '' && detail !== title && <Text size="sm">{detail}</Text>}
        {problem?.place !== undefined && <Text size="sm">{words.place} : <code>{problem.place}</code></Text>}
        {advice !== undefined && advice !== '' && <Text size="sm"><strong>{words.what} : </strong>{advice}</Text>}
        {problem !== null && <Text size="xs" c="dimmed">{words.faultCode} : {problem.code}</Text>}
        {again !== undefined && <Button size="xs" variant="default" mt={4} onClick={again}>{words.retry}</Button>}
      </Stack>
    </Alert>
  );
}

interface Asked<T> { readonly data: T | undefined; readonly error: unknown; readonly isError: boolean; refetch(): unknown }
/** What a page shows of a question: its answer once there is one, even when asking anew failed, which is said above it. */
export function Answer<T>({ of, children }: { readonly of: Asked<T>; readonly children: (data: T) => ReactNode }) {
  const failed = of.isError ? <Failed error={of.error} again={() => { of.refetch(); }} /> : null;
  if (of.data === undefined) return failed ?? <Loading />;
  return <>{failed}{children(of.data)}</>;
}
