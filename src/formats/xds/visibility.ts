/** TRE_A07-StatutVisibiliteDocument, the scheme of MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REPRESENTANTS_LEGAUX (JDV_J08). */
export const visibilityScheme = '1.2.250.1.213.1.1.4.13';
