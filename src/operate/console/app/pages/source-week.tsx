import { AreaChart } from '@mantine/charts';
import { Badge, Group, Paper, Text, Title } from '@mantine/core';
import type { SourceProfile } from '../../../api/contract/incidents.ts';
import { When } from '../parts/when.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { sourcesWords } from './sources-words.ts';

const quarters = 96, daysOfWeek = 7, perHour = 4;

/** Today's quarter hours beside the usual ones of that day of the week, by the hour. A holiday is a Sunday. */
function hoursOf({ usual, today, holiday, timeZone }: SourceProfile, now: number): { hour: string; usual: number; today: number }[] {
  const name = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone }).format(now);
  const day = holiday ? daysOfWeek - 1 : Math.max(0, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name));
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
  return Array.from({ length: quarters / perHour }, (_, hour) => ({
    hour: `${String(hour)} h`,
    usual: sum(usual.slice(day * quarters + hour * perHour, day * quarters + (hour + 1) * perHour)),
    today: sum(today.slice(hour * perHour, (hour + 1) * perHour)),
  }));
}

/** "The feed went quiet": what is usual at this hour of this day, and what came. */
export function SourceWeek({ profile, now }: { readonly profile: SourceProfile; readonly now: number }) {
  const words = useWords(sourcesWords);
  const { language } = useLanguage();
  const data = hoursOf(profile, now).map((one) => ({ hour: one.hour, [words.usual]: Math.round(one.usual * 10) / 10, [words.today]: one.today }));
  return (
    <Paper withBorder p="sm" component="section" aria-label={words.week}>
      <Group gap="sm" mb="xs"><Title order={2} size="h4">{words.week}</Title><Badge color={profile.quiet ? 'red' : 'green'}>{profile.quiet ? words.quiet : words.heard}</Badge></Group>
      <div aria-hidden="true">
        <AreaChart h={170} data={data} dataKey="hour" withLegend withDots={false} curveType="step" tickLine="none" areaProps={{ isAnimationActive: false }} areaChartProps={{ accessibilityLayer: false }}
          series={[{ name: words.usual, color: 'gray.6' }, { name: words.today, color: 'bridge.6' }]} />
      </div>
      <Text size="sm">{words.weekText(number(profile.weeks, language), number(profile.weeksNeeded, language))} {words.judged[profile.judgedBy]}</Text>
      {profile.holiday && <Text size="sm">{words.holiday}</Text>}
      {profile.expectedBy !== null && <Text size="sm">{words.expected} : <When at={profile.expectedBy} /></Text>}
    </Paper>
  );
}
