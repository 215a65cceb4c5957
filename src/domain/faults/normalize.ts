import { faults } from '../fault.ts';

/** What keeps a message from becoming FHIR, or makes the result poorer than the message. */
export const normalizeFaults = faults({
  'normalize.unsupported-type': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Type de message non pris en charge (table 0076 : {0}).', en: 'Message type not supported (table 0076: {0}).' },
    advice: { fr: 'La passerelle reçoit ORU^R01, MDM^T02/T04/T10 et les ADT de PAM France.', en: 'The gateway takes ORU^R01, MDM^T02/T04/T10 and the ADT of PAM France.' },
    spec: 'HL7 v2.5 table 0076', hl7: { ack: 'AE', err3: 200 }, http: 422, issue: 'not-supported',
  },
  'normalize.unsupported-event': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Évènement de {0} non pris en charge.', en: 'Event of {0} not supported.' },
    advice: { fr: 'La passerelle reçoit ORU^R01, MDM^T02/T04/T10 et les ADT de PAM France.', en: 'The gateway takes ORU^R01, MDM^T02/T04/T10 and the ADT of PAM France.' },
    spec: 'HL7 v2.5 table 0003 ; IHE PAM France 2.11', hl7: { ack: 'AE', err3: 201 }, http: 422, issue: 'not-supported',
  },
  'normalize.event-outside-profile': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'L’évènement {0} n’existe pas dans PAM France ; il est lu comme une mise à jour.', en: 'Event {0} does not exist in PAM France; it is read as an update.' },
    advice: { fr: 'Émettez A31 pour l’identité, Z99 pour un mouvement.', en: 'Send A31 for the identity, Z99 for a movement.' },
    spec: 'IHE PAM France 2.11, évènements', issue: 'business-rule',
  },
  'normalize.forbidden-field': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Champ interdit par PAM France : {0} est ignoré.', en: 'Field forbidden by PAM France: {0} is dropped.' },
    advice: { fr: 'N’émettez plus ce champ.', en: 'Stop sending this field.' },
    spec: 'IHE PAM France 2.11, PID (X)', issue: 'business-rule',
  },
  'normalize.missing-segment': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Segment {0} absent du message.', en: 'Segment {0} is missing from the message.' },
    advice: { fr: 'Complétez le message selon la structure annoncée en MSH-9.', en: 'Complete the message by the structure announced in MSH-9.' },
    spec: 'HL7 v2.5 §2.15.9.1 (séquence des segments)', hl7: { ack: 'AE', err3: 100 }, http: 422, issue: 'required',
  },
  'normalize.merge-without-identifier': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'La fusion ne dit pas quel numéro disparaît ({0}).', en: 'The merge does not say which number disappears ({0}).' },
    advice: { fr: 'Donnez en MRG-1 l’identifiant retiré, avec l’autorité de celui qui le remplace en PID-3.', en: 'Give in MRG-1 the retired identifier, with the authority of the one that replaces it in PID-3.' },
    spec: 'IHE PAM France 2.11, A40 et A47 ; HL7 v2.5 §3.4.10.1 (R)', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'normalize.missing-code': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Résultat sans code : on ne sait pas ce qui a été mesuré.', en: 'Result without a code: what was measured is not known.' },
    advice: { fr: 'Remplissez OBR-4 et OBX-3 (code LOINC, ou code local avec son système).', en: 'Fill OBR-4 and OBX-3 (a LOINC code, or a local code with its system).' },
    spec: 'HL7 v2.5 §7.4.1.4, §7.4.2.3 (R)', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'normalize.value-type': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'La valeur n’est pas du type {0} annoncé en OBX-2 ; elle est gardée en texte, telle qu’écrite.', en: 'The value is not of type {0} announced in OBX-2; it is kept as text, as written.' },
    advice: { fr: 'Un nombre s’écrit avec un point décimal ; un comparateur demande le type SN.', en: 'A number is written with a decimal point; a comparator needs type SN.' },
    spec: 'HL7 v2.5 §2.A, OBX-5', issue: 'value',
  },
  'normalize.value-type-unknown': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Type de valeur {0} inconnu en OBX-2 ; la valeur est gardée en texte.', en: 'Unknown value type {0} in OBX-2; the value is kept as text.' },
    advice: { fr: 'OBX-2 prend ses codes dans la table 0125.', en: 'OBX-2 takes its codes from table 0125.' },
    spec: 'HL7 v2.5 table 0125', issue: 'code-invalid',
  },
  'normalize.status-unknown': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Statut absent ou inconnu ; le résultat est tenu pour non définitif.', en: 'Status missing or unknown; the result is not taken as final.' },
    advice: { fr: 'OBX-11 et OBR-25 prennent leurs codes dans les tables 0085 et 0123.', en: 'OBX-11 and OBR-25 take their codes from tables 0085 and 0123.' },
    spec: 'HL7 v2.5 tables 0085, 0123', issue: 'code-invalid',
  },
  'normalize.not-a-date': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'La valeur n’est ni une date ni une heure.', en: 'The value is neither a date nor a time.' },
    advice: { fr: 'Une date s’écrit AAAAMMJJ[HHMM[SS]][+ZZZZ].', en: 'A date is written YYYYMMDD[HHMM[SS]][+ZZZZ].' },
    spec: 'HL7 v2.5 §2.A.77 (TS)', issue: 'value',
  },
});
