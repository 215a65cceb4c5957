import type { CertificateSeen } from '../api/contract/destinations.ts';
import { sourceList, sourceShow, type SourceRow } from '../api/contract/sources.ts';
import { holds, serve, type Scope, type Served } from '../api/served.ts';
import { rowOf } from './lists.ts';
import type { Present } from './now.ts';
import type { Reader } from './reader.ts';
import type { Traffic } from './traffic.ts';
import { causeOf, found } from './words.ts';

export interface SourceSet {
  readonly id: string; readonly organisation: string; readonly timeZone: string; readonly answersTo: string | null;
  readonly listeners: readonly { readonly name: string; readonly kind: string }[];
}
export interface SourcePorts {
  readonly reader: Pick<Reader, 'page'>;
  readonly present: Present;
  readonly traffic: Traffic;
  readonly configured: readonly SourceSet[];
  /** Where a listener listens, once it does. */
  readonly address: (listener: string) => string | null;
  /** Of a listener. */
  readonly certificates: (listener: string) => readonly CertificateSeen[];
}

const lookedAt = 200;
const shown = 20;
const counted = (texts: readonly string[]): (readonly [text: string, count: number])[] => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

export function sourceRoutes({ reader, present, traffic, configured, address, certificates }: SourcePorts): Served[] {
  const row = async (one: SourceSet, scope: Scope): Promise<SourceRow> => ({
    ...await present.source(one, scope), listeners: one.listeners.map(({ name, kind }) => ({ name, kind, address: address(name) })), timeZone: one.timeZone, answersTo: one.answersTo,
    certificates: one.listeners.flatMap(({ name }) => certificates(name)),
  });
  return [
    serve(sourceList, async ({ caller }) => ({ sources: await Promise.all(configured.filter(({ id }) => holds(caller.scope.sources, id)).map((one) => row(one, caller.scope))) })),
    serve(sourceShow, async ({ params: { name }, caller, language }) => {
      const one = found(configured.find(({ id }) => id === name));
      const { rows } = await reader.page({ source: name }, caller.scope, lookedAt);
      return {
        source: await row(one, caller.scope), lookedAt: rows.length, types: counted(rows.map(({ type }) => type)).map(([type, count]) => ({ type, count })),
        outcomes: counted(rows.map(({ disposition }) => disposition)).map(([outcome, count]) => ({ outcome, count })),
        // Of all it sends, wherever to: who sees some destinations only is told no numbers of others.
        findings: caller.scope.destinations !== null ? [] : traffic.source(name).findings.slice(0, shown).map(([code, count]) => ({ cause: causeOf(code, language), count })), latest: rows.slice(0, shown).map(rowOf),
      };
    }),
  ];
}
