/** JDV_J04 XdsPracticeSettingCode CI-SIS (1.2.250.1.213.1.1.5.467, revision of 2024-09-27): codes by code system. */
export const practices: Readonly<Record<string, ReadonlySet<string>>> = {
  '1.2.250.1.213.1.1.4.6': new Set([
    'EXP_PATIENT', 'SNR',
  ]),
  '1.2.250.1.213.1.1.4.9': new Set([
    'AMBULATOIRE', 'AMO', 'DEPISTAGE', 'ESSMS', 'ETABLISSEMENT', 'HAD', 'MAD', 'PALLIATIF', 'SAD', 'SAMU_SMUR',
  ]),
};
