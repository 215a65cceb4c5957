import { nationalStructure, type LotSender } from '../../src/formats/xds/submission-set.ts';
import type { DocumentEntry } from '../../src/formats/xds/document-entry.ts';
import type { SubmissionSet } from '../../src/formats/xds/submission.ts';
import type { DmpConfig } from './config.ts';
import type { Actor } from './content.ts';

/** The structure a message is sent for: its sender's, else the destination's own. */
export function structureOf(sender: LotSender | null, { structure }: Pick<DmpConfig, 'structure'>): string {
  const organization = sender?.organization ?? null;
  return organization === null || organization.id === '' ? structure.id : nationalStructure(organization.id, organization.type);
}
/** The certificates speak for one legal entity: for its structures only (dmp.md §1.3, Identifiant_Structure). */
export const covers = ({ structure }: Pick<DmpConfig, 'structure'>, id: string): boolean => id === structure.id || structure.also.includes(id);

/** NameID and subject-id: the person the message names, else who answers for the automaton and its software (TDC mapping.md). */
export function actorOf(sender: LotSender | null, set: SubmissionSet, at: number, secretConnection: boolean, config: Pick<DmpConfig, 'structure' | 'software' | 'vihf'>): Actor {
  const { structure, software, vihf } = config;
  const { patientId } = set;
  const common = { patientId, structure: structureOf(sender, config), secretConnection, authenticatedAt: at };
  const person = sender?.person ?? null;
  if (vihf.actor === 'gateway' || person === null || person.id === '') {
    return { ...common, nameId: vihf.responsible, subjectId: `${software.name}, ${software.version}, ${software.service}` };
  }
  // XCN.1 of the lot's author is the same number in its national form.
  const [nameId = person.id] = set.authors[0]?.person.split('^') ?? [];
  return { ...common, nameId, subjectId: [person.family, person.given, sender?.organization?.name ?? structure.name].filter((part) => part !== '').join(' ') };
}

/** Is the VIHF's structure that of an author of the lot? The DMP refuses a lot of strangers (dmp.md §1.5, authorInstitution). */
export const authored = ({ structure }: Pick<Actor, 'structure'>, set: SubmissionSet, entries: readonly Pick<DocumentEntry, 'authors'>[]): boolean =>
  [set, ...entries].some(({ authors }) => authors.some(({ institutions }) => institutions.some((xon) => xon.split('^')[9] === structure)));
