/** Modes of authentication of a VIHF (dmp.md §1.3). */
export const modes: readonly string[] = ['INDIRECTE', 'INDIRECTE_RENFORCEE', 'DIRECTE'];

const classes = 'urn:oasis:names:tc:SAML:2.0:ac:classes:';
/** SAML 2.0 authentication contexts, §3.4. */
export const classRefs: ReadonlySet<string> = new Set(['unspecified', 'Password', 'PasswordProtectedTransport', 'TLSClient', 'Smartcard', 'SmartcardPKI', 'SoftwarePKI', 'X509', 'Kerberos',
  'MobileOneFactorUnregistered', 'MobileTwoFactorUnregistered', 'MobileOneFactorContract', 'MobileTwoFactorContract', 'TimeSyncToken', 'PreviousSession'].map((one) => classes + one));

/** Code systems of the first role: professions (G15), automation, staff told by role (those of JDV_J01 that are not specialities). */
export const roleSystems: Readonly<Record<string, (code: string) => boolean>> = {
  '1.2.250.1.71.1.2.7': (code) => /^[0-9]{2}$/.test(code),
  '1.2.250.1.213.1.1.4.6': (code) => ['AUTOMATE', 'SNR', 'DISPOSITIF'].includes(code),
  '1.2.250.1.213.1.6.1.4': (code) => code !== '', '1.2.250.1.213.1.6.1.107': (code) => code !== '', '1.2.250.1.213.1.6.1.109': (code) => code !== '',
};
/** Professions with a second role, and its code systems when they are public: physicians (savoir-faire), pharmacists (G05: any). */
export const secondRoleFor: Readonly<Record<string, readonly string[] | 'any'>> = { 10: ['1.2.250.1.71.4.2.5'], 21: 'any' };
