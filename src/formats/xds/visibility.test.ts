import { describe, expect, test } from '@jest/globals';
import { noTime, readTime } from '../cda/time.ts';
import type { CdaHeader } from '../cda/header.ts';
import { isMinor, visibility, type VisibilityFlags } from './visibility.ts';

type Flag = 'Y' | 'N' | '-';
const flag = { 'Y': true, 'N': false, '-': null } as const;
const values: readonly Flag[] = ['Y', 'N', '-'];

/**
 * The truth table, one row a rule, with its clause; `*` is any value. A combination is told exactly what the rows that match
 * it say. `-` is a flag that is missing or says two things (volet.flag-contradictory takes it away).
 */
const rows: readonly { readonly clause: string; readonly when: string; readonly who?: 'minor' | 'adult'; readonly cumulation?: 'no'; readonly told?: string; readonly code?: string }[] = [
  // MASQUE_PS INVISIBLE_PATIENT INVISIBLE_REP_LEGAUX CONNEXION_SECRETE
  { clause: 'EX_2.1-1050: the actor states, for each document, whether it is masked to professionals', when: '- * * *', told: 'document.visibility-missing MASQUE_PS' },
  { clause: 'EX_2.1-1050: … and whether the patient sees it', when: '* - * *', told: 'document.visibility-missing INVISIBLE_PATIENT' },
  { clause: 'EX_2.1-1050: for a minor, what the legal representatives see is stated', when: '* * - N', who: 'minor', told: 'document.visibility-missing INVISIBLE_REP_LEGAUX' },
  { clause: 'the same; a secret connection that is not stated states nothing', when: '* * - -', who: 'minor', told: 'document.visibility-missing INVISIBLE_REP_LEGAUX' },
  { clause: 'EX_2.1-1050: both together are forbidden while cumul-invisible_patient-masque_ps is false', when: 'Y Y * *', cumulation: 'no', told: 'document.masked-twice' },
  { clause: 'EX_2.1-1050: a minor’s secret connection submits INVISIBLE_REPRESENTANTS_LEGAUX documents only', when: '* * N Y', who: 'minor', told: 'document.secret-connection', code: 'INVISIBLE_REPRESENTANTS_LEGAUX' },
  { clause: 'the same, where the flag is not there', when: '* * - Y', who: 'minor', told: 'document.secret-connection', code: 'INVISIBLE_REPRESENTANTS_LEGAUX' },
  { clause: 'secret connections are of minors', when: '* * * Y', who: 'adult', told: 'document.secret-connection-adult' },
  { clause: 'JDV_J08', when: 'Y * * *', code: 'MASQUE_PS' },
  { clause: 'JDV_J08', when: '* Y * *', code: 'INVISIBLE_PATIENT' },
  { clause: 'JDV_J08; an adult may have a guardian', when: '* * Y *', code: 'INVISIBLE_REPRESENTANTS_LEGAUX' },
];

const combinations = values.flatMap((ps) => values.flatMap((patient) => values.flatMap((representatives) => values.flatMap((secret) =>
  (['minor', 'adult'] as const).flatMap((who) => (['no', 'yes'] as const).map((cumulation) => [ps, patient, representatives, secret, who, cumulation] as const))))));

test.each(combinations)('MASQUE_PS %s, INVISIBLE_PATIENT %s, INVISIBLE_REP_LEGAUX %s, CONNEXION_SECRETE %s, %s, cumulation %s', (ps, patient, representatives, secret, who, cumulation) => {
  const flags: VisibilityFlags = { maskedToProfessionals: flag[ps], invisibleToPatient: flag[patient], invisibleToRepresentatives: flag[representatives], secretConnection: flag[secret] };
  const { codes, findings } = visibility(flags, { minor: who === 'minor', maskedAndInvisible: cumulation === 'yes' });
  const given = [ps, patient, representatives, secret];
  const matching = rows.filter((row) => row.when.split(' ').every((cell, i) => cell === '*' || cell === given[i]) && (row.who ?? who) === who && (row.cumulation ?? cumulation) === cumulation);
  expect(findings.map(({ code, args = [] }) => [code, ...args].join(' ')).sort()).toEqual(matching.flatMap((row) => row.told ?? []).sort());
  expect(codes.map(({ code }) => code).sort()).toEqual([...new Set(matching.flatMap((row) => row.code ?? []))].sort());
  // Never "visible" by default: with nothing told as an error, each of the three was said, or hidden.
  if (!findings.some(({ severity }) => severity === 'error')) expect([ps, patient].includes('-') || (who === 'minor' && representatives === '-' && secret !== 'Y')).toBe(false);
});
test('all of them', () => { expect(combinations).toHaveLength(324); });

describe('who is a minor', () => {
  const minor = (birth: string, day: string): boolean =>
    isMinor({ patient: { birthTime: readTime(birth, 'Europe/Paris') ?? noTime } as CdaHeader['patient'], effectiveTime: readTime(day, 'Europe/Paris') ?? noTime });
  test.each([
    ['20081122', '20261121235900+0100', true], ['20081122', '20261122000000+0100', false], ['20080229', '20260228', true], ['20080229', '20260301', false],
    ['2008', '20261230', true], ['2008', '20261231', false], ['200811', '20261129', true], ['200811', '20261201', false], ['19790328', '20261122', false], ['', '20261122', true], ['19790328', '', true],
  ])('born %s, document of %s: %s', (birth, day, expected) => { expect(minor(birth, day)).toBe(expected); });
});
