import { links, type Fact } from '../../domain/fact.ts';
import { seal } from '../seal.ts';
import type { Batch } from './batch.ts';
import { indexed, type Store } from './store.ts';

export const identityContext = (id: number): string => `identity/${id}`;

export interface Lanes {
  /**
   * The lane of a plan: joins the lanes of all identities of the message, and those its linking facts tie. `factsBefore` is
   * the last sequence number that taught a fact of it before this plan.
   */
  laneOf(batch: Batch, source: string, identities: readonly string[], facts: readonly Fact[], factSeq: number): { lane: number; factsBefore: number };
  lane(id: number): { root: number; members: readonly number[]; factSeq: number };
}

/**
 * Lanes are the connected components of identities (invariant 6). Each lane's row names its root; joining two components
 * re-roots the smaller one, so that any lane ever given leads to its root in one step.
 */
export function openLanes(store: Store): Lanes {
  const { db, index, keys } = store;
  const sql = {
    identity: db.statement<{ root: number }>('SELECT lane.root FROM identity JOIN lane ON lane.id = identity.lane WHERE identity.hash = ?'),
    newIdentity: db.statement('INSERT INTO identity(id, hash, lane, sealed) VALUES(?, ?, ?, ?)'),
    newLane: db.statement('INSERT INTO lane(id, root, fact_seq) VALUES(?, ?, 0)'),
    lane: db.statement<{ root: number; fact_seq: number }>('SELECT root.id AS root, root.fact_seq FROM lane JOIN lane AS root ON root.id = lane.root WHERE lane.id = ?'),
    members: db.statement<{ id: number }>('SELECT id FROM lane WHERE root = ? ORDER BY id'),
    size: db.statement<{ size: number }>('SELECT count(*) AS size FROM lane WHERE root = ?'),
    reroot: db.statement('UPDATE lane SET root = ? WHERE root = ?'),
    learn: db.statement('UPDATE lane SET fact_seq = max(fact_seq, ?) WHERE id = (SELECT root FROM lane WHERE id = ?)'),
    inherit: db.statement('UPDATE lane SET fact_seq = max(fact_seq, (SELECT fact_seq FROM lane WHERE id = ?)) WHERE id = ?'),
  };

  const known = (text: string): number | null => {
    for (const hash of index.all(text)) {
      const row = sql.identity.get(hash);
      if (row !== undefined) return row.root;
    }
    return null;
  };
  const newLane = (batch: Batch): number => { const id = batch.next('lane'); sql.newLane.run(id, id); return id; };
  const join = (a: number, b: number): number => {
    if (a === b) return a;
    const size = (root: number) => sql.size.get(root)?.size ?? 0;
    const [root, other] = size(a) >= size(b) ? [a, b] : [b, a];
    sql.inherit.run(other, root);
    sql.reroot.run(root, other);
    return root;
  };
  /** Joins the lanes of all these keys and gives their root; unknown keys come in. */
  const component = (batch: Batch, keysOfOne: readonly string[]): number | null => {
    let root: number | null = null;
    const missing: string[] = [];
    for (const key of new Set(keysOfOne)) {
      const found = known(indexed.identity(key));
      if (found === null) missing.push(key);
      else root = root === null ? found : join(root, found);
    }
    if (missing.length === 0) return root;
    root ??= newLane(batch);
    for (const key of missing) {
      const id = batch.next('identity');
      sql.newIdentity.run(id, index.hash(indexed.identity(key)), root, seal(keys.sealing, identityContext(id), Buffer.from(key)));
    }
    return root;
  };

  return {
    laneOf: (batch, source, identities, facts, factSeq) => {
      const own = identities.length > 0 ? identities : [`source|${source}`];
      const tied = facts.filter(links).map((fact) => fact.keys);
      const told = facts.filter((fact) => fact.kind === 'consent').flatMap((fact) => fact.keys.map((key) => [key]));
      const touched = [...tied, ...told].map((group) => component(batch, group));
      const lane = component(batch, own) ?? newLane(batch);
      const factsBefore = sql.lane.get(lane)?.fact_seq ?? 0;
      if (facts.length > 0) for (const each of new Set([lane, ...touched])) if (each !== null) sql.learn.run(factSeq, each);
      return { lane, factsBefore };
    },
    lane: (id) => {
      const { root, fact_seq: factSeq } = sql.lane.get(id) ?? { root: id, fact_seq: 0 };
      return { root, members: sql.members.all(root).map((member) => member.id), factSeq };
    },
  };
}
