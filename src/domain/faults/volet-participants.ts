import { faults } from '../fault.ts';

const volet = 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, PRT';
const error = { stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender', http: 422 } as const;
const warning = { stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender' } as const;

/** Faults of the PRT segments: who sends, who receives. Merged into `volet.ts`. */
export const voletParticipantFaults = faults({
  'volet.sender-missing': {
    ...error, hl7: { ack: 'AE', err3: 101 }, issue: 'required', spec: `${volet} SB`,
    text: { fr: 'Pas d’émetteur complet (PRT-4 = SB) : {0} manque.', en: 'No complete sender (PRT-4 = SB): {0} is missing.' },
    advice: { fr: 'PRT SB : professionnel (PRT-5) ou application (PRT-10), et structure (PRT-8.10).', en: 'PRT SB: professional (PRT-5) or application (PRT-10), and organisation (PRT-8.10).' },
  },
  'volet.recipient-missing': {
    ...error, hl7: { ack: 'AE', err3: 101 }, issue: 'required', spec: `${volet} RCT`,
    text: { fr: 'DESTMSSANTEPS = Y, mais aucun destinataire (PRT-4 = RCT).', en: 'DESTMSSANTEPS = Y, but no recipient (PRT-4 = RCT).' },
    advice: { fr: 'Ajoutez un PRT RCT par destinataire, avec son adresse MSSanté en PRT-15.4.', en: 'Add one PRT RCT per recipient, with its MSSanté address in PRT-15.4.' },
  },
  'volet.recipient-without-address': {
    ...error, hl7: { ack: 'AE', err3: 101 }, issue: 'required', spec: `${volet}-15.4`,
    text: { fr: 'Le destinataire en {0} n’a pas d’adresse MSSanté : il ne recevrait rien.', en: 'The recipient at {0} has no MSSanté address: nothing would reach it.' },
    advice: { fr: 'Renseignez PRT-15.4, ou retirez ce destinataire. Si la passerelle cherche les boîtes de cette source (« unaddressed: directory »), donnez son RPPS (PRT-5.1) ou, pour une structure, son numéro (PRT-8.10).', en: 'Fill in PRT-15.4, or remove this recipient. If the gateway looks for the mailboxes of this source ("unaddressed: directory"), give the RPPS (PRT-5.1) or, for a structure, its number (PRT-8.10).' },
  },
  'volet.recipient-looked-up': {
    ...warning, severity: 'information', issue: 'informational', spec: `${volet}-15.4`,
    text: { fr: 'Le destinataire en {0} n’a pas d’adresse MSSanté : sa boîte est cherchée dans l’annuaire avant l’envoi.', en: 'The recipient at {0} has no MSSanté address: the mailbox is looked for in the directory before sending.' },
    advice: { fr: 'Renseignez PRT-15.4 quand vous connaissez l’adresse : elle l’emporte toujours sur l’annuaire.', en: 'Fill in PRT-15.4 when you know the address: it always wins over the directory.' },
  },
  'volet.address': {
    ...error, hl7: { ack: 'AE', err3: 102 }, issue: 'value', spec: `${volet}-15.4`,
    text: { fr: 'L’adresse en {0} n’est pas une adresse de messagerie.', en: 'The address at {0} is not a mail address.' },
    advice: { fr: 'PRT-15.4 porte une seule adresse, de la forme nom@domaine.mssante.fr.', en: 'PRT-15.4 carries a single address, like name@domain.mssante.fr.' },
  },
  'volet.reply-address': {
    ...warning, issue: 'value', spec: `${volet} REPLY`,
    text: { fr: 'L’adresse de réponse en {0} est inutilisable : elle est ignorée.', en: 'The reply address at {0} is unusable: it is ignored.' },
    advice: { fr: 'Corrigez PRT-15.4 du PRT REPLY.', en: 'Mend PRT-15.4 of PRT REPLY.' },
  },
  'volet.patient-address': {
    ...warning, issue: 'business-rule', spec: `${volet} RCT patient ; MSSanté Mon espace santé`,
    text: { fr: 'L’adresse du patient en {0} n’est pas celle de son matricule INS : elle n’est jamais utilisée.', en: 'The patient’s address at {0} is not that of the INS: it is never used.' },
    advice: { fr: 'L’adresse est <matricule INS de PID-3>@patient.mssante.fr.', en: 'The address is <INS of PID-3>@patient.mssante.fr.' },
  },
});
