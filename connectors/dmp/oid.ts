/** A UUID as an OID: 2.25 and the UUID as one number (ITU-T X.667 §8; EX_2.1-1130). */
export const oidOf = (uuid: string): string => `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`).toString()}`;
