import type { Annotation } from '@medplum/fhirtypes';
import type { Tracked } from '../tracked.ts';

/** Lines of one NTE (NTE-3 repeats). */
const lines = (nte: Tracked): string => nte.parts(3).map(part => part.size > 1 ? part.all() : part.line(1)).join('\n');

/** Notes that stand one after the other are one text: laboratories send a line a segment. */
export const noteText = (notes: readonly Tracked[]): string => notes.map(lines).filter(text => text !== '').join('\n');

export function annotations(notes: readonly Tracked[]): Annotation[] {
  const text = noteText(notes);
  return text === '' ? [] : [{ text }];
}
