import { faults } from '../fault.ts';

const warning = { stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender' } as const;
const xds = 'IHE ITI TF-3 §4.2.3.2 ; CI-SIS Partage de documents de santé';

/** Faults of the XDS DocumentEntry derived from a CDA header. Merged into `document.ts`. */
export const documentEntryFaults = faults({
  'document.metadata-missing': {
    ...warning, issue: 'required', spec: xds,
    text: { fr: 'Métadonnée {0} impossible à établir : {1} est absent du document.', en: 'Metadata {0} cannot be made: {1} is absent from the document.' },
    advice: { fr: 'Complétez l’en-tête du CDA ; le DMP refuserait ce document.', en: 'Complete the CDA header; the DMP would refuse this document.' },
  },
  'document.metadata-too-long': {
    ...warning, severity: 'error', issue: 'too-long', spec: 'ebRIM 3.0 rim.xsd, LongName 256 ; XDS title 128',
    text: { fr: '{0} dépasse {1} caractères : rien n’est tronqué, le document est refusé.', en: '{0} is over {1} characters: nothing is truncated, the document is refused.' },
    advice: { fr: 'Raccourcissez la valeur dans le CDA.', en: 'Shorten the value in the CDA.' },
    hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422,
  },
  'document.several-ins': {
    ...warning, severity: 'error', issue: 'business-rule', spec: 'Référentiel INS ; Passerelle invariant 9',
    text: { fr: 'Le document porte deux matricules INS différents ({0}).', en: 'The document carries two different INS ({0}).' },
    advice: { fr: 'Un document concerne un seul patient : vérifiez recordTarget/patientRole/id.', en: 'A document is about one patient: check recordTarget/patientRole/id.' },
    hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422,
  },
  'document.type-code-unknown': {
    ...warning, issue: 'code-invalid', spec: 'JDV_J07-XdsTypeCode-CISIS',
    text: { fr: 'Le type du document ({0}) n’est pas dans JDV_J07.', en: 'The document’s type ({0}) is not in JDV_J07.' },
    advice: { fr: 'Utilisez un code de JDV_J07-XdsTypeCode-CISIS.', en: 'Use a code of JDV_J07-XdsTypeCode-CISIS.' },
  },
  'document.class-code-unknown': {
    ...warning, issue: 'code-invalid', spec: 'ASS_X04-CorrespondanceType-Classe-CISIS',
    text: { fr: 'Aucune classe n’est publiée pour le type de ce document ({0}) : classCode n’est pas deviné.', en: 'No class is published for this document’s type ({0}): classCode is not guessed.' },
    advice: { fr: 'Utilisez un type de document de JDV_J66, ou mettez la table ASS_X04 à jour.', en: 'Use a document type of JDV_J66, or bring table ASS_X04 up to date.' },
  },
  'document.format-code-unknown': {
    ...warning, issue: 'code-invalid', spec: 'ASS_A11-CorresModeleCDA-XdsFormatCode-CISIS',
    text: { fr: 'Aucun modèle du document ({0}) n’a de formatCode publié : « modelesHorsProfils » est utilisé.', en: 'No template of the document ({0}) has a published formatCode: “modelesHorsProfils” is used.' },
    advice: { fr: 'Vérifiez les templateId du CDA, ou mettez la table ASS_A11 à jour.', en: 'Check the CDA’s templateIds, or bring table ASS_A11 up to date.' },
  },
  'document.service-time-order': {
    ...warning, issue: 'value', spec: xds,
    text: { fr: 'L’acte finit avant de commencer ({0}).', en: 'The service ends before it starts ({0}).' },
    advice: { fr: 'Corrigez documentationOf/serviceEvent/effectiveTime.', en: 'Mend documentationOf/serviceEvent/effectiveTime.' },
  },
  'document.metadata-format': {
    ...warning, issue: 'value', spec: 'IHE ITI TF-3 §4.2.3.1.7 ; CI-SIS Partage de documents de santé (CX, XCN, XON)',
    text: { fr: 'La métadonnée {0} n’a pas la forme attendue ({1}).', en: 'Metadata {0} has not the form expected ({1}).' },
    advice: { fr: 'Corrigez l’élément correspondant de l’en-tête du CDA ; le DMP pourrait refuser ce document.', en: 'Mend the element it comes from in the CDA header; the DMP might refuse this document.' },
  },
  'document.code-unknown': {
    ...warning, issue: 'code-invalid', spec: 'CI-SIS, jeux de valeurs XDS',
    text: { fr: 'Le code {1} de {0} n’est pas dans {2}.', en: 'Code {1} of {0} is not in {2}.' },
    advice: { fr: 'Utilisez un code de ce jeu de valeurs, ou mettez la table à jour (documents.tables).', en: 'Use a code of this value set, or bring the table up to date (documents.tables).' },
  },
  'document.visibility-missing': {
    ...warning, severity: 'error', issue: 'required', spec: 'DMP EX_2.1-1050 ; CI-SIS Transmission CDA-R2 HL7 v2 2.1, MetaDMPMSS',
    text: { fr: 'Le message ne dit pas qui peut voir le document ({0}) : il n’est jamais supposé visible.', en: 'The message does not say who may see the document ({0}): it is never supposed visible.' },
    advice: { fr: 'L’émetteur doit envoyer cet indicateur, à Y ou à N, une seule fois. Pour un mineur, la visibilité par les représentants légaux doit être dite.', en: 'The sender must send this flag, Y or N, once. For a minor, what the legal representatives see must be said.' },
    hl7: { ack: 'AE', err3: 101 }, http: 422,
  },
  'document.masked-twice': {
    ...warning, severity: 'error', issue: 'business-rule', spec: 'DMP EX_2.1-1050, cumul-invisible_patient-masque_ps',
    text: { fr: 'Le document est à la fois masqué aux professionnels et invisible au patient : le DMP refuse ce cumul.', en: 'The document is both masked to professionals and invisible to the patient: the DMP refuses both together.' },
    advice: { fr: 'Choisissez MASQUE_PS ou INVISIBLE_PATIENT chez l’émetteur ; si le DMP visé accepte le cumul, dites-le (documents.maskedAndInvisible).', en: 'Choose MASQUE_PS or INVISIBLE_PATIENT at the sender; if the DMP allows both, say so (documents.maskedAndInvisible).' },
    hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422,
  },
  'document.secret-connection': {
    ...warning, issue: 'business-rule', spec: 'DMP EX_2.1-1050 (connexion secrète d’un mineur)',
    text: { fr: 'Connexion secrète d’un mineur : le document est rendu invisible aux représentants légaux.', en: 'Secret connection of a minor: the document is made invisible to the legal representatives.' },
    advice: { fr: 'L’émetteur devrait envoyer INVISIBLE_REP_LEGAUX à Y avec CONNEXION_SECRETE.', en: 'The sender should send INVISIBLE_REP_LEGAUX as Y with CONNEXION_SECRETE.' },
  },
  'document.secret-connection-adult': {
    ...warning, issue: 'business-rule', spec: 'DMP EX_2.1-1050 (connexion secrète d’un mineur)',
    text: { fr: 'Connexion secrète demandée pour un majeur : elle ne vaut que pour un mineur et ne change rien ici.', en: 'Secret connection asked for an adult: it is for minors and changes nothing here.' },
    advice: { fr: 'Vérifiez CONNEXION_SECRETE et la date de naissance chez l’émetteur.', en: 'Check CONNEXION_SECRETE and the birth date at the sender.' },
  },
});
