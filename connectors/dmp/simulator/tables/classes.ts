/** JDV_J57 classCode of the DMP (1.2.250.1.213.1.1.5.6), as the public implementers list it (dmp.md §1.5). */
export const classScheme = '1.2.250.1.213.1.1.4.1';
export const classes: ReadonlySet<string> = new Set(['10', '11', '31', '42', '43', '44', '45', '52', '60', '90', '95']);
/** TRE_R209, the code system of contentTypeCode. */
export const contentTypeScheme = '1.2.250.1.213.2.2';
