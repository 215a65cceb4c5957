/** Authorities of the INS (dmp.md §1.5): NIR, NIA, test NIR, demonstration NIR. The old INS-C (…4.2) must not be sent. */
export const insOids: ReadonlySet<string> = new Set(['1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11']);
