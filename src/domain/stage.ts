/**
 * The stages of a message's life (design.md §1). The same words are folder names, journal values,
 * log fields, metric labels and console filters: a log line's `stage` is the folder to open.
 */
export const stages = [
  'intake', 'journal', 'formats', 'normalize', 'validate', 'route', 'emit', 'deliver', 'acknowledge', 'operate', 'config',
] as const;
export type Stage = (typeof stages)[number];

/** Stages a message went through, and when each ended (epoch ms, with fractions). The first began at `since`. */
export interface StageTimes { readonly since: number; readonly stages: readonly (readonly [Stage, number])[] }
