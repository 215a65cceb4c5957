import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import type { Now } from '../../../api/contract/now.ts';
import { common } from '../words/common.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { nowWords } from './now-words.ts';

/** Invariant 4 as a sum anyone can check. */
export function Conservation({ counts: { messages, deliveries, balanced } }: { readonly counts: NonNullable<Now['conservation']> }) {
  const words = useWords(nowWords), shared = useWords(common);
  const { language } = useLanguage();
  const { received, ...classes } = messages;
  const { planned, ...states } = deliveries;
  const sum = (parts: readonly (readonly [string, number])[]): string => parts.map(([name, count]) => `${number(count, language)} ${name}`).join(' + ');
  return (
    <Paper withBorder p="sm" component="section" aria-label={words.conservation}>
      <Title order={2} size="h4" mb="xs">{words.conservation}</Title>
      <Stack gap={4}>
        <Text size="sm"><strong>{words.messages} : </strong>{number(received, language)} {words.whole} = {sum((Object.keys(classes) as (keyof typeof classes)[]).map((name) => [shared.disposition[name], classes[name]] as const))}</Text>
        <Text size="sm"><strong>{words.deliveries} : </strong>{number(planned, language)} {words.plannedDeliveries} = {sum((Object.keys(states) as (keyof typeof states)[]).map((name) => [shared.state[name], states[name]] as const))}</Text>
        {balanced ? <Text size="sm">{words.balanced}</Text> : <Alert color="red" variant="outline" role="alert">{words.unbalanced}</Alert>}
      </Stack>
    </Paper>
  );
}
