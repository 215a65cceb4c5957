import { isInsOid, isOnesOwn, type PatientIdentifier, type PatientIdentity } from '../domain/identity.ts';
import { authorityOf } from '../formats/hl7v2/authority.ts';
import type { Hl7Message, Repetition } from '../formats/hl7v2/model.ts';

/** One number that disappears (MRG-1) and the one of PID-3 that takes its place. */
export interface Merge { readonly surviving: PatientIdentifier; readonly retired: PatientIdentifier }

/** Why a merge cannot be done, with its place. One that is not understood must not be answered as done (AA). */
export interface UnclearMerge { readonly code: `normalize.merge-without-${'identifier' | 'authority' | 'survivor'}`; readonly place: string }

/** `elsewhere`: places of retired numbers whose authority numbers nobody in PID-3. `unclear` is null when the merge can be done. */
export interface MergeReading { readonly merges: readonly Merge[]; readonly elsewhere: readonly string[]; readonly unclear: UnclearMerge | null }

const nothing: MergeReading = { merges: [], elsewhere: [], unclear: null };
/** CX-1 as PID-3 is read: the blanks around it say nothing. */
const valueOf = (cx: Repetition): string => cx.text(1).trim();
const authority = (cx: Repetition): string => authorityOf((component, sub) => cx.text(component, sub), 4);

/**
 * The authority of a retired number, as the same message's PID-3 names it: one named without its OID in MRG-1 and with it in
 * PID-3 is one authority, unless two of PID-3 have that name.
 */
function authorityIn(message: Hl7Message, retired: Repetition): string {
  const own = authority(retired);
  if (own === '' || own !== retired.text(4).trim()) return own;
  const named = new Set(message.first('PID').field(3).repetitions.filter((one) => one.text(4).trim() === own).map(authority));
  const [only] = named;
  return named.size === 1 && only !== undefined ? only : own;
}

/** The number that takes the place of one of this authority: one of its own, else the establishment's (PI), else any local one. */
const survivorOf = (identifiers: readonly PatientIdentifier[], by: string): PatientIdentifier | undefined =>
  identifiers.find((one) => one.authority === by) ?? identifiers.find((one) => one.type === 'PI' && one.authority !== '') ?? identifiers.find((one) => one.authority !== '');

/** A47 may change the INS alone: the new one in PID-3 says all. */
const insChanged = (event: string, { ins }: PatientIdentity, old: readonly Repetition[]): boolean =>
  event === 'A47' && ins !== null && old.length > 0 && old.every((one) => valueOf(one) !== ins.matricule);

/**
 * What A40 and A47 say disappears. An INS never does: it is the person's, no establishment retires it, and an identity event
 * that gives another one already takes the place of what was known (People).
 */
export function readMerge(message: Hl7Message, identity: PatientIdentity | null): MergeReading {
  const event = message.first('MSH').text(9, 2);
  if (identity === null || (event !== 'A40' && event !== 'A47') || !message.has('MRG')) return nothing;
  const given = message.all('MRG').flatMap((one) => one.field(1).repetitions).filter((one) => valueOf(one) !== '');
  const locals = given.filter((one) => isOnesOwn({ type: one.text(5) }) && !isInsOid(authority(one)));
  const ins = given.filter((one) => isOnesOwn({ type: one.text(5) }) && isInsOid(authority(one)));
  const merges: Merge[] = [], elsewhere: string[] = [];
  let unclear: UnclearMerge | null = null, kept = 0;
  for (const one of locals) {
    const retired: PatientIdentifier = { type: one.text(5), authority: authorityIn(message, one), value: valueOf(one), place: one.place };
    const others = identity.identifiers.filter((other) => isOnesOwn(other) && (other.authority !== retired.authority || other.value !== retired.value));
    const surviving = survivorOf(others, retired.authority);
    // Still among PID-3, and no other number of its authority beside it: it does not disappear.
    if (others.length < identity.identifiers.filter(isOnesOwn).length && surviving?.authority !== retired.authority) { kept++; continue; }
    if (retired.authority === '' && surviving?.authority !== '') { unclear ??= { code: 'normalize.merge-without-authority', place: `${one.place}-4` }; continue; }
    if (surviving === undefined) { unclear ??= { code: 'normalize.merge-without-survivor', place: one.place }; continue; }
    if (surviving.authority !== retired.authority) elsewhere.push(`${one.place}-4`);
    merges.push({ surviving, retired });
  }
  if (unclear === null && merges.length === 0 && !insChanged(event, identity, ins)) {
    unclear = { code: kept > 0 ? 'normalize.merge-without-survivor' : 'normalize.merge-without-identifier', place: message.first('MRG').field(1).place };
  }
  return { merges, elsewhere, unclear };
}
