const form = /^[1-8]\d{4}(?:\d{2}|2[AB])\d{8}$/;

/**
 * Key of a matricule INS: 97 − (the first 13 characters mod 97), Corsica's `2A` and `2B` read as 19 and 18
 * (ANS, référentiel INS; same rule as the NIR). Two digits.
 */
export function matriculeKey(first13: string): string {
  const number = Number(first13.replace('2A', '19').replace('2B', '18'));
  return String(97 - (number % 97)).padStart(2, '0');
}

/** What is wrong with the text of a matricule INS, or null. */
export function matriculeFault(value: string): 'identity.ins-format' | 'identity.ins-key' | null {
  if (!form.test(value)) return 'identity.ins-format';
  return matriculeKey(value.slice(0, 13)) === value.slice(13) ? null : 'identity.ins-key';
}
