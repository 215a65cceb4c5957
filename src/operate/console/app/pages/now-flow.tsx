import { AreaChart } from '@mantine/charts';
import { Paper, Text, Title } from '@mantine/core';
import type { Now } from '../../../api/contract/now.ts';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { nowWords } from './now-words.ts';

const sum = (rows: readonly (readonly number[])[], at: number): number => rows.reduce((total, row) => total + (row[at] ?? 0), 0);

/** The last minutes at a glance. Its figures are in the tables below it, and its last minute in words. */
export function FlowChart({ now }: { readonly now: Now }) {
  const words = useWords(nowWords);
  const { language } = useLanguage();
  const received = now.sources.flatMap((one) => (one.received === null ? [] : [one.received])), delivered = now.destinations.flatMap((one) => (one.delivered === null ? [] : [one.delivered]));
  const minutes = Math.max(0, ...received.map((row) => row.length), ...delivered.map((row) => row.length));
  if (minutes === 0) return null;
  const data = Array.from({ length: minutes }, (_, at) => ({ minute: words.minutesAgo(minutes - 1 - at), [words.received]: sum(received, at), [words.delivered]: sum(delivered, at) }));
  return (
    <Paper withBorder p="sm" component="section" aria-label={words.flow}>
      <Title order={2} size="h4" mb="xs">{words.flow}</Title>
      <div aria-hidden="true">
        <AreaChart h={180} data={data} dataKey="minute" withLegend withDots={false} curveType="monotone" tickLine="none" areaProps={{ isAnimationActive: false }}
          areaChartProps={{ accessibilityLayer: false }}
          series={[{ name: words.received, color: 'bridge.6' }, { name: words.delivered, color: 'green.7' }]} valueFormatter={(value) => number(value, language)} />
      </div>
      <Text size="sm" c="dimmed" mt={4}>{words.chartText(number(sum(received, minutes - 2), language), number(sum(delivered, minutes - 2), language))}</Text>
    </Paper>
  );
}
