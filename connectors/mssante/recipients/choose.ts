import type { FaultCode } from '../../../src/domain/catalogue.ts';
import type { DirectoryMailbox, Known, Wanted } from './mailbox.ts';

/** What the configuration allows beyond a person's own and a structure's one mailbox. */
export interface ChoiceRules {
  /** A practice's shared mailbox may stand for its doctor's. */
  readonly practice: boolean;
  /** Structure number → text that the mailbox's service or description must hold. */
  readonly services: Readonly<Record<string, string>>;
  /** Structure number → mailbox of its software, by agreement: the directory's APP boxes are never chosen. */
  readonly applications: Readonly<Record<string, string>>;
}
/** Null: any domain; else those of the trust space. */
export type TrustSpace = ((domain: string) => boolean) | null;

/** The mailbox, by which rule of mss.md §5.3, and a warning; or why nobody may choose but a person. */
export type Choice =
  | { readonly to: string; readonly rule: 'application' | 'person-at-structure' | 'person' | 'practice' | 'structure'; readonly warning: FaultCode | null }
  | { readonly held: FaultCode };

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
const holds = (text: string, part: string): boolean => text.toLocaleLowerCase('fr').includes(part.toLocaleLowerCase('fr'));

/** The boxes of the best rank, each address once. */
function best(boxes: readonly DirectoryMailbox[]): readonly DirectoryMailbox[] {
  const once = [...new Map(boxes.map((box) => [box.address.toLowerCase(), box])).values()];
  const rank = Math.min(...once.map((box) => box.rank ?? Infinity));
  return once.filter((box) => (box.rank ?? Infinity) === rank);
}

/**
 * The one mailbox of a recipient (mss.md §5.3): a software's by agreement, else the person's at that structure, else the
 * person's own by rank, else a practice's where allowed, else the structure's. Never several, and never an ordinary e-mail:
 * what is not clear is held for a person, and what is not found may exist all the same (unlisted boxes are not published).
 */
export function choose(wanted: Wanted, known: Known, rules: ChoiceRules, trusted: TrustSpace): Choice {
  // Somebody else reads in a service's box: a person without a number is not looked for there.
  if (wanted.person === true && wanted.rpps === '') return { held: 'recipients.unidentified' };
  const agreed = wanted.rpps === '' ? rules.applications[wanted.structure] : undefined;
  if (agreed !== undefined && trusted !== null && !trusted(domainOf(agreed))) return { held: 'recipients.outside-trust-space' };
  if (agreed !== undefined) return { to: agreed, rule: 'application', warning: null };
  // What is meant for software is not left in a service's box.
  if (wanted.application === true) return { held: 'recipients.no-agreement' };
  if (wanted.rpps === '' && wanted.structure === '') return { held: 'recipients.unidentified' };
  const inside = known.mailboxes.filter((box) => box.type !== 'APP' && (trusted === null || trusted(domainOf(box.address))));
  const own = inside.filter((box) => wanted.rpps !== '' && box.rpps === wanted.rpps);
  const service = rules.services[wanted.structure];
  const steps: readonly (readonly ['person-at-structure' | 'person' | 'practice' | 'structure', readonly DirectoryMailbox[]])[] = [
    ['person-at-structure', wanted.structure === '' ? [] : own.filter((box) => box.type === 'PER' && box.structure === wanted.structure)],
    ['person', own.filter((box) => box.type === 'PER' && box.structure === '')],
    // Known nowhere else: the only places where the person works.
    ['person', wanted.structure === '' ? own.filter((box) => box.type === 'PER') : []],
    ['practice', rules.practice ? own.filter((box) => box.type === 'CAB') : []],
    // A person who is named gets no mail in a service's box by default: somebody else reads there.
    ['structure', wanted.rpps !== '' ? [] : inside.filter((box) => box.type === 'ORG' && box.structure === wanted.structure && (service === undefined || holds(box.service, service) || holds(box.description, service)))],
  ];
  for (const [rule, boxes] of steps) {
    if (boxes.length === 0) continue;
    const [box, ...others] = best(boxes);
    if (box === undefined) continue;
    if (others.length > 0) return { held: 'recipients.ambiguous' };
    return { to: box.address, rule, warning: box.digitization === false ? 'recipients.paper-wanted' : null };
  }
  // Boxes that would suit are published, every one of them outside: not the same as none.
  if (trusted !== null) {
    const anywhere = choose(wanted, known, rules, null);
    if (!('held' in anywhere) || anywhere.held === 'recipients.ambiguous') return { held: 'recipients.outside-trust-space' };
  }
  return { held: known.gone ? 'recipients.gone' : 'recipients.not-found' };
}
