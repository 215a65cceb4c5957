import { instant } from '../grammar.ts';
import { classified, type RegistryObject } from '../lot.ts';
import { scheme } from '../namespaces.ts';
import type { Received } from '../received.ts';
import { family, hold, type Rule } from '../rule.ts';
import { names, said } from '../vihf.ts';
import { eachDocument } from './each.ts';

const rule = family('masking', 'EX_2.1-1050 ; dmp.md §1.5', 'XDSRepositoryMetadataError');
const codes = (entry: RegistryObject): string[] => classified(entry, scheme.confidentialityCode).map((one) => one.node);
const place = (at: string): string => `${at}.confidentialityCode`;

/** Under 18 on the day of the simulator, by the birth date of sourcePatientInfo; null when it is not there. */
export function minor(entry: RegistryObject, { at }: Received): boolean | null {
  const born = entry.slots.get('sourcePatientInfo')?.find((value) => value.startsWith('PID-7|'))?.slice(6) ?? '';
  if (!/^[0-9]{8}$/.test(born) || instant(born) === null) return null;
  return (instant(`${String(Number(born.slice(0, 4)) + 18)}${born.slice(4) === '0229' ? '0301' : born.slice(4)}`) ?? 0) > at;
}

export const maskingRules: readonly Rule[] = [
  rule('mask-cumulation', 'INVISIBLE_PATIENT et MASQUE_PS ne vont pas ensemble (paramètre cumul-invisible_patient-masque_ps à faux).', 'INVISIBLE_PATIENT and MASQUE_PS do not go together (parameter cumul-invisible_patient-masque_ps is false).',
    eachDocument(({ entry, at }, { settings }) => hold(settings.cumulation || !(codes(entry).includes('MASQUE_PS') && codes(entry).includes('INVISIBLE_PATIENT')), place(at)))),
  rule('mask-keeps-level', 'Le niveau N, R ou V reste présent à côté des codes de masquage, une seule fois.', 'The level N, R or V stays beside the masking codes, once.',
    eachDocument(({ entry, at }) => hold(codes(entry).filter((one) => ['N', 'R', 'V'].includes(one)).length === 1, place(at), codes(entry).join(' '))), { source: 'dmp.md §1.5' }),
  rule('mask-secret-of-minor', 'Connexion secrète d’un mineur : tout document est INVISIBLE_REPRESENTANTS_LEGAUX.', 'Secret connection of a minor: every document is INVISIBLE_REPRESENTANTS_LEGAUX.',
    eachDocument(({ entry, at }, received) => hold(said(received.vihf, names.secret) === '' || minor(entry, received) !== true || codes(entry).includes('INVISIBLE_REPRESENTANTS_LEGAUX'), place(at)))),
  rule('mask-representatives-of-minor', 'INVISIBLE_REPRESENTANTS_LEGAUX ne vaut que pour un mineur.', 'INVISIBLE_REPRESENTANTS_LEGAUX is for a minor only.',
    eachDocument(({ entry, at }, received) => hold(!codes(entry).includes('INVISIBLE_REPRESENTANTS_LEGAUX') || minor(entry, received) !== false, place(at)))),
  rule('mask-secret-is-of-minor', 'La connexion secrète ne vaut que pour un mineur.', 'The secret connection is for a minor only.',
    eachDocument(({ entry, at }, received) => hold(said(received.vihf, names.secret) === '' || minor(entry, received) !== false, place(at)))),
];
