import type { Condition, Kind, Subject } from './incident.ts';

/** While it lasts, incidents are recorded and nobody is told. Empty lists: every kind, every subject. */
export interface Maintenance {
  readonly id: string;
  readonly from: number;
  readonly until: number;
  readonly kinds: readonly Kind[];
  readonly subjects: readonly Subject[];
  readonly reason: string;
  readonly by: string;
}

const same = (a: Subject, b: Subject): boolean => a.kind === b.kind && a.name === b.name;

export const covers = ({ from, until, kinds, subjects }: Maintenance, { kind, subject }: Pick<Condition, 'kind' | 'subject'>, now: number): boolean =>
  from <= now && now < until && (kinds.length === 0 || kinds.includes(kind)) && (subjects.length === 0 || subjects.some((one) => same(one, subject)));

export const stateOf = ({ from, until }: Pick<Maintenance, 'from' | 'until'>, now: number): 'planned' | 'running' | 'over' => (now < from ? 'planned' : now < until ? 'running' : 'over');
