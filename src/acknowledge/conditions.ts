/** ERR-3, table 0357 as the volet "Transmission d'un document CDA-R2 en HL7 v2" 2.1 lists it; 204–206 from PAM France. */
const messageErrorConditions: Readonly<Record<number, string>> = {
  0: 'Message accepted', 100: 'Segment sequence error', 101: 'Required field missing', 102: 'Data type error', 103: 'Table value not found',
  198: 'Non-conformant cardinality', 199: 'Other HL7 Error', 200: 'Unsupported message type', 201: 'Unsupported event code',
  202: 'Unsupported processing', 203: 'Unsupported version', 204: 'Unknown key identifier', 205: 'Duplicate key identifier',
  206: 'Application record locked', 207: 'Application error',
};

/** ERR-5, volet 2.1 applicationErrorCondition. */
const applicationErrorConditions: Readonly<Record<number, string>> = {
  900: 'Version du document incorrecte lors d\'une demande de remplacement/suppression',
  901: 'Auteur non autorisé à remplacer ou supprimer un document',
  902: 'Identifiant patient inconnu',
  903: 'INS non présent dans le document',
  904: 'L\'INS transmis ne correspond pas exactement à celui stocké dans la base du consommateur',
  905: 'L\'INS transmis n\'est pas complet',
  906: 'Erreur \'Autre\'',
};

export const applicationError = 207;
export const otherApplicationError = 906;

/** CWE components of ERR-3. */
export const messageErrorCondition = (code: number): readonly string[] =>
  [String(code), messageErrorConditions[code] ?? messageErrorConditions[199] ?? '', 'messageErrorCondition'];
/** CWE components of ERR-5. */
export const applicationErrorCondition = (code: number): readonly string[] =>
  [String(code), applicationErrorConditions[code] ?? applicationErrorConditions[otherApplicationError] ?? '', 'applicationErrorCondition'];
