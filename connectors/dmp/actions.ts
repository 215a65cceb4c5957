/**
 * What the connector does of an answer (dmp.md §1.6).
 * - `retry`: the same lot, later. `retry-then-hold`: a few times, then a person looks.
 * - `refuse`: for good. `hold`: a person decides; nothing is sent again by itself.
 * - `resolve-again`: the version to replace or delete has changed: it is asked for anew, once, then held.
 * - `check-duplicate`: it may be ours: delivered when the record has the very bytes, else refused.
 * - `warn`: delivered, with a warning. `suspend`: a setting is wrong: the destination stops, nothing is lost.
 */
export const actions = ['retry', 'retry-then-hold', 'refuse', 'hold', 'resolve-again', 'check-duplicate', 'warn', 'suspend'] as const;
export type Action = (typeof actions)[number];
