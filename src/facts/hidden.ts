import type { FactsAt } from '../domain/fact.ts';
import { documentHistory } from './series.ts';

/**
 * Visibility codes (JDV_J08) that hide a known document; null when that is not known: no message of the volet brought it, or
 * one did before this was kept.
 */
export const hiddenBy = (facts: FactsAt, uniqueId: string): readonly string[] | null =>
  documentHistory(facts, uniqueId).findLast(({ fact }) => fact.hidden !== undefined)?.fact.hidden ?? null;
