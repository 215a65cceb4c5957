import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createMetrics } from './metrics.ts';

const dashboard = JSON.parse(readFileSync(new URL('../../../docs/grafana/passerelle.json', import.meta.url), 'utf8')) as {
  readonly panels: readonly { readonly id: number; readonly type: string; readonly title: string; readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[] }[];
  readonly templating: { readonly list: readonly { readonly query: string }[] };
};
const expressions = [...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)), ...dashboard.templating.list.map(({ query }) => query)];
const namesIn = (text: string): string[] => [...text.matchAll(/\b(?:passerelle|process)_[a-z_]+/g)].map(([name]) => name);

async function published(): Promise<{ names: Map<string, string>; labels: Map<string, Set<string>> }> {
  const metrics = createMetrics();
  metrics.received({ source: 's', type: 't', outcome: 'planned', ack: 'AA', ms: 1, findings: ['a.unchecked@x'] });
  metrics.attempt({ destination: 'd', outcome: 'delivered', fault: null, ms: 1, age: 1, next: 'delivered' });
  metrics.breaker('d', true);
  metrics.paused('d', true);
  metrics.limited('s', 'delayed');
  metrics.connection('f');
  metrics.incidents([{ kind: 'disk', severity: 'warning' }]);
  metrics.notice('mail', 'sent');
  const messages = { received: 1, planned: 1, rejected: 0, consumed: 0, repeated: 0, quarantined: 0, pipeline: 0 };
  const deliveries = { planned: 1, delivered: 0, refused: 0, abandoned: 0, held: 0, waiting: 1, submitted: 0 };
  const text = await metrics.text({ messages, deliveries, perDestination: [{ destination: 'd', state: 'waiting', count: 1, oldest: 1 }] }, 2);
  const names = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const labels = new Map<string, Set<string>>();
  for (const [, name = '', inside = ''] of text.matchAll(/^([a-z_]+)\{([^}]*)\}/gm)) labels.set(name, new Set([...labels.get(name) ?? [], ...[...inside.matchAll(/(\w+)="/g)].map(([, label = '']) => label)]));
  return { names, labels };
}
/** A histogram's series bear its name with an ending. */
const metricOf = (series: string, names: ReadonlyMap<string, string>): string => { const base = series.replace(/_(bucket|sum|count)$/, ''); return names.get(base) === 'histogram' ? base : series; };

test('the dashboard shows every metric, and no other', async () => {
  const { names } = await published();
  const shown = new Set(expressions.flatMap(namesIn).map((name) => metricOf(name, names)));
  expect([...shown].sort()).toEqual([...names.keys()].sort());
});

test('what it groups by and shows are labels that the metric has', async () => {
  const { labels } = await published();
  for (const { title, targets = [] } of dashboard.panels) {
    for (const { expr, legendFormat } of targets) {
      const [series = ''] = namesIn(expr);
      const known = new Set([...labels.get(series) ?? [], 'instance', 'le']);
      const asked = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)).concat([...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label));
      expect([title, asked.filter((label) => !known.has(label))]).toEqual([title, []]);
    }
  }
});

test('panels are numbered once, and each shows something', () => {
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  expect(dashboard.panels.filter(({ type, targets = [] }) => type !== 'row' && targets.length === 0)).toEqual([]);
});
