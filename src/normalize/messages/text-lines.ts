import { textOf } from '../segments/obx-to-value.ts';
import type { Tracked } from '../tracked.ts';
import type { ObxGroup } from './groups.ts';

/** An OBX, and those after it that go on with its text. */
export interface TextLines extends ObxGroup { readonly more: readonly Tracked[] }

/** Types that only ever hold a text to be shown; repeated under one code they are its lines (v2-to-fhir, OBX-5 of TX and FT). */
const textTypes = new Set(['TX', 'FT']);

/** Whether `next` says of its line all that `one` says of its own: fields other than its number (1) and its text (5). */
function sameAround(one: Tracked, next: Tracked): boolean {
  const size = Math.max(one.cut.size, next.cut.size);
  for (let n = 2; n <= size; n++) if (n !== 5 && one.raw(n) !== next.raw(n)) return false;
  return true;
}

const isAlone = ({ notes, participants }: ObxGroup): boolean => notes.length === 0 && participants.length === 0;

/**
 * A text written one line an OBX is one result: a correction with fewer lines then takes the place of the whole text, and
 * leaves no line of the former one behind at whoever received it.
 */
export function textLines(found: readonly ObxGroup[]): TextLines[] {
  const joined: (ObxGroup & { readonly more: Tracked[] })[] = [];
  for (const one of found) {
    const { obx } = one, before = joined.at(-1);
    const goesOn = before !== undefined && textTypes.has(obx.peek(2)) && obx.isEmpty(6) && !obx.isNull(5) && !before.obx.isNull(5) && !before.obx.isEmpty(5)
      && isAlone(before) && isAlone(one) && sameAround(before.obx, obx);
    if (goesOn) before.more.push(obx); else joined.push({ obx, notes: one.notes, participants: one.participants, more: [] });
  }
  return joined;
}

/** The whole text. What the lines repeat word for word of the first one is carried with it. */
export function wholeText(first: string, more: readonly Tracked[]): string {
  return [first, ...more.map((obx) => {
    for (let n = 2; n <= obx.cut.size; n++) if (n !== 5) obx.carry(n);
    return textOf(obx);
  })].join('\n');
}
