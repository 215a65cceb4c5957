import { structureId } from '../grammar.ts';
import { identifier, structures } from '../lot.ts';
import { scheme } from '../namespaces.ts';
import type { Transaction } from '../rule.ts';
import { family, hold, type Rule } from '../rule.ts';
import { attr, deep, one } from '../xml.ts';
import { insOf, names, said } from '../vihf.ts';

const rule = family('rights', 'dmp.md §0.1, §1.3, §5.1', 'RequestDenied');

/** What each mode may ask. Plain indirect authentication feeds and withdraws; reading and changing attributes need AIR or a card. */
const allowed: Readonly<Record<string, readonly Transaction[]>> = {
  INDIRECTE: ['TD0.2', 'TD0.3', 'TD2.1', 'TD3.1b', 'TD3.3c'],
  INDIRECTE_RENFORCEE: ['TD0.2', 'TD0.3', 'TD2.1', 'TD3.1a', 'TD3.1b', 'TD3.2', 'TD3.3a/b', 'TD3.3c', 'TD3.3d'],
  DIRECTE: ['TD0.2', 'TD0.3', 'TD2.1', 'TD3.1a', 'TD3.1b', 'TD3.2', 'TD3.3a/b', 'TD3.3c', 'TD3.3d'],
};
const number = (cx: string): string => { const ins = insOf(cx); return ins === null ? cx : `${ins.value} ${ins.oid}`; };

/** The patients a request speaks of, wherever its transaction puts them. */
function patients({ transaction, lot, body }: Parameters<Rule['check']>[0]): { at: string; cx: string }[] {
  if (lot !== null) return lot.sets.map((set) => ({ at: 'SubmissionSet.patientId', cx: identifier(set, scheme.lotPatientId) }));
  if (body === null) return [];
  if (transaction === 'TD0.2') {
    const value = [...deep(body)].find((found) => found.name === 'patientIdentifier')?.children.find((child) => child.name === 'value');
    return value === undefined ? [] : [{ at: 'patientIdentifier/value', cx: `${attr(value, 'extension')}^^^&${attr(value, 'root')}&ISO^NH` }];
  }
  return [...deep(body)].filter((found) => found.name === 'Slot' && attr(found, 'name') === '$XDSDocumentEntryPatientId')
    .map((found) => ({ at: '$XDSDocumentEntryPatientId', cx: (one(one(found, 'ValueList'), 'Value')?.text ?? '').trim().replace(/^'|'$/g, '') }));
}

export const rightsRules: readonly Rule[] = [
  rule('rights-mode', 'Le mode d’authentification permet cette transaction.', 'The mode of authentication allows this transaction.',
    ({ vihf, transaction }) => { const mode = said(vihf, names.mode); return vihf === null || allowed[mode] === undefined || transaction === 'unknown' ? null : hold(allowed[mode].includes(transaction), names.mode, `${mode} ${transaction}`); }),
  rule('rights-patient', 'Le patient de la requête est celui du VIHF.', 'The patient of the request is that of the VIHF.',
    (received) => {
      const own = said(received.vihf, names.resource);
      return received.vihf === null || insOf(own) === null ? null : patients(received).filter(({ cx }) => insOf(cx) !== null && number(cx) !== number(own)).map(({ at, cx }) => ({ at, extract: cx }));
    }, { code: 'XDSPatientIdDoesNotMatch', source: 'dmp.md §5.1 ; ITI TF-3 §4.2.4.1' }),
  rule('rights-author-structure', 'Un auteur du lot et de chaque document est de la structure du VIHF (indirecte).', 'An author of the lot and of each document belongs to the VIHF’s structure (indirect).',
    ({ vihf, lot, submitted, transaction }) => {
      const structure = said(vihf, names.structure);
      if (lot === null || !structureId(structure) || !said(vihf, names.mode).startsWith('INDIRECTE') || transaction !== 'TD2.1') return null;
      return [
        ...lot.sets.filter((set) => { const own = structures(set, scheme.lotAuthor); return own.length > 0 && !own.includes(structure); }).map(() => ({ at: 'SubmissionSet.author.authorInstitution' })),
        ...submitted.filter(({ entry }) => { const own = structures(entry, scheme.author); return own.length > 0 && !own.includes(structure); }).map(({ at }) => ({ at: `${at}.author.authorInstitution` })),
      ];
    }, { source: 'DMP « Aucun AuthorInstitution ne correspond à l’utilisateur du VIHF » ; dmp.md §1.5', code: 'XDSRepositoryMetadataError' }),
];
