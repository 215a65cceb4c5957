import { faults } from '../fault.ts';

const insReference = 'ANS, référentiel Identifiant National de Santé, §3 (matricule INS et OID)';

/** What the identifiers of a patient say against themselves. */
export const identityFaults = faults({
  'identity.no-identifier': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Aucun identifiant de patient en PID-3.', en: 'No patient identifier in PID-3.' },
    advice: { fr: 'Émettez au moins l’IPP avec son autorité d’affectation, et l’INS si elle est connue.', en: 'Send at least the local identifier with its assigning authority, and the INS when known.' },
    spec: 'IHE PAM France 2.11, PID-3 (R)', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'identity.several-patients': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message porte plusieurs segments PID ; un message ne concerne qu’un patient.', en: 'The message carries several PID segments; a message is about one patient.' },
    advice: { fr: 'Émettez un message par patient.', en: 'Send one message per patient.' },
    spec: 'CI-SIS Transmission CDA-R2 en HL7 v2 2.1, profils des messages (PATIENT_RESULT [1..1])', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'multiple-matches',
  },
  'identity.ins-format': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le matricule INS n’a pas la forme attendue (13 caractères puis une clé de 2 chiffres).', en: 'The matricule INS does not have the expected form (13 characters, then a 2-digit key).' },
    advice: { fr: 'Transmettez le matricule tel que rendu par le téléservice INSi, clé comprise, sans espace.', en: 'Send the matricule as the INSi service returned it, key included, without spaces.' },
    spec: insReference, hl7: { ack: 'AE', err3: 102 }, http: 422, issue: 'value',
  },
  'identity.ins-key': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'La clé du matricule INS est fausse.', en: 'The key of the matricule INS is wrong.' },
    advice: { fr: 'Le matricule a sans doute été saisi à la main : récupérez-le par le téléservice INSi.', en: 'The matricule was probably typed by hand: fetch it from the INSi service.' },
    spec: insReference, hl7: { ack: 'AE', err3: 102 }, http: 422, issue: 'value',
  },
  'identity.ins-authority': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Identifiant de type INS dont l’autorité n’est pas un OID de l’INS.', en: 'Identifier of type INS whose authority is not an OID of the INS.' },
    advice: { fr: 'CX-4-2 vaut 1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (test) ou .11 (démonstration).', en: 'CX-4-2 is 1.2.250.1.213.1.4.8 (NIR), .9 (NIA), .10 (test) or .11 (demonstration).' },
    spec: insReference, hl7: { ack: 'AE', err3: 103 }, http: 422, issue: 'code-invalid',
  },
  'identity.ins-type': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'L’autorité est celle de l’INS mais CX-5 n’est pas INS ; l’identifiant est lu comme une INS.', en: 'The authority is that of the INS but CX-5 is not INS; the identifier is read as an INS.' },
    advice: { fr: 'Émettez CX-5 = INS.', en: 'Send CX-5 = INS.' },
    spec: 'IHE PAM France 2.11, PID-3, table 0203', issue: 'code-invalid',
  },
  'identity.ins-c': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'L’INS calculée (INS-C) n’a plus cours ; elle est ignorée.', en: 'The calculated INS (INS-C) is obsolete; it is ignored.' },
    advice: { fr: 'Retirez l’INS-C des messages.', en: 'Remove the INS-C from messages.' },
    spec: insReference, issue: 'business-rule',
  },
  'identity.ins-contradiction': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message porte deux INS différentes pour le même patient.', en: 'The message carries two different INS for the same patient.' },
    advice: { fr: 'Vérifiez l’identité dans le logiciel émetteur : aucun rapprochement n’est fait à sa place.', en: 'Check the identity in the sending system: the gateway never chooses in its place.' },
    spec: 'CI-SIS Transmission CDA-R2 en HL7 v2 2.1, ERR-5 904', hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'conflict',
  },
  'identity.identifier-contradiction': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message porte deux identifiants internes différents de la même autorité.', en: 'The message carries two different internal identifiers of the same authority.' },
    advice: { fr: 'N’émettez que l’identifiant actif (CX-8 date la fin d’un ancien) ; une fusion s’annonce par A40.', en: 'Send the active identifier only (CX-8 dates the end of an old one); a merge is announced by A40.' },
    spec: 'IHE PAM France 2.11, PID-3', hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'conflict',
  },
  'identity.no-authority': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Identifiant de patient sans autorité d’affectation : il ne peut être comparé à aucun autre.', en: 'Patient identifier without assigning authority: it cannot be compared with any other.' },
    advice: { fr: 'Remplissez CX-4 (nom, OID, ISO).', en: 'Fill CX-4 (name, OID, ISO).' },
    spec: 'IHE PAM France 2.11, CX-4 (R)', issue: 'required',
  },
  'identity.status-unknown': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Statut d’identité inconnu de la table 0445.', en: 'Identity status unknown to table 0445.' },
    advice: { fr: 'PID-32 prend ses codes dans la table 0445 (VALI, PROV, VIDE…).', en: 'PID-32 takes its codes from table 0445 (VALI, PROV, VIDE…).' },
    spec: 'IHE PAM France 2.11, PID-32, table 0445', issue: 'code-invalid',
  },
  'identity.status-contradiction': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le statut VALI est contredit par {0} ; l’identité est tenue pour non qualifiée.', en: 'Status VALI is contradicted by {0}; the identity is taken as not qualified.' },
    advice: { fr: 'Une identité validée ne peut être ni provisoire, ni douteuse, ni fictive, ni anonyme, ni usurpée, ni un doublon.', en: 'A validated identity can be neither provisional, doubtful, fictive, anonymous, stolen nor a duplicate.' },
    spec: 'RNIV, principes communs ; IHE PAM France 2.11, PID-32', issue: 'conflict',
  },
  'identity.vali-without-ins': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Identité validée (VALI) mais sans INS : elle n’est pas qualifiée.', en: 'Validated identity (VALI) without INS: it is not qualified.' },
    advice: { fr: 'Récupérez l’INS par le téléservice INSi : sans elle, ni DMP ni messagerie du patient.', en: 'Fetch the INS from the INSi service: without it, neither DMP nor patient mailbox.' },
    spec: insReference, issue: 'business-rule',
  },
  'identity.birth-date': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'La date de naissance n’est pas une date.', en: 'The birth date is not a date.' },
    advice: { fr: 'PID-7 s’écrit AAAAMMJJ.', en: 'PID-7 is written YYYYMMDD.' },
    spec: 'HL7 v2.5 §3.4.2.7', issue: 'value',
  },
});
