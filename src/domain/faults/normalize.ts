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
    text: { fr: 'La fusion ne dit pas quel numéro d’établissement disparaît ({0}).', en: 'The merge does not say which number of the establishment disappears ({0}).' },
    advice: { fr: 'Donnez en MRG-1 l’identifiant retiré, avec l’autorité de celui qui le remplace en PID-3.', en: 'Give in MRG-1 the retired identifier, with the authority of the one that replaces it in PID-3.' },
    spec: 'IHE PAM France 2.11, A40 et A47 ; HL7 v2.5 §3.4.10.1 (R)', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'normalize.merge-without-authority': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Fusion non comprise : le numéro qui disparaît est donné sans son autorité ({0}).', en: 'Merge not understood: the number that disappears is given without its authority ({0}).' },
    advice: { fr: 'Écrivez MRG-1 comme PID-3 : la même autorité d’affectation en CX-4. Rien n’a été fusionné.', en: 'Write MRG-1 as PID-3: the same assigning authority in CX-4. Nothing was merged.' },
    spec: 'IHE PAM France 2.11, A40 et A47 ; CX.4 (R)', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'normalize.merge-without-survivor': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Fusion non comprise : aucun autre numéro de PID-3 ne prend la place de celui de {0}.', en: 'Merge not understood: no other number of PID-3 takes the place of the one of {0}.' },
    advice: { fr: 'Donnez en PID-3 le numéro qui reste, avec son autorité, et en MRG-1 celui qui disparaît. Rien n’a été fusionné.', en: 'Give in PID-3 the number that remains, with its authority, and in MRG-1 the one that disappears. Nothing was merged.' },
    spec: 'IHE PAM France 2.11, A40 et A47 ; HL7 v2.5 §3.4.10.1', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'business-rule',
  },
  'normalize.merge-other-authority': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le numéro qui disparaît ({0}) est d’une autorité absente de PID-3 : il est rattaché au numéro d’établissement de PID-3.', en: 'The number that disappears ({0}) is of an authority that PID-3 does not have: it is tied to PID-3’s establishment number.' },
    advice: { fr: 'Vérifiez CX-4 de MRG-1 ; une fusion relie d’ordinaire deux numéros d’une même autorité.', en: 'Check CX-4 of MRG-1; a merge usually ties two numbers of one authority.' },
    spec: 'IHE PAM France 2.11, A40 et A47', issue: 'business-rule',
  },
  'normalize.consent-code': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Décision du patient non comprise ({0}) : code hors de PAM France.', en: 'Patient’s decision not understood ({0}): a code outside PAM France.' },
    advice: { fr: 'ZFA-9 prend NA, IO ou INO ; ZFA-11 prend NA, INC ou IC ; laissez vide ce qui n’est pas dit. Rien n’a été retenu de ce message.', en: 'ZFA-9 takes NA, IO or INO; ZFA-11 takes NA, INC or IC; leave empty what is not told. Nothing of this message was kept.' },
    spec: 'IHE PAM France 2.11, ZFA-9 et ZFA-11', hl7: { ack: 'AE', err3: 103 }, http: 422, issue: 'code-invalid',
  },
  'normalize.consent-in-future': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le recueil de la décision est daté d’après le message : cette date est ignorée, l’ordre des messages compte.', en: 'The decision is dated after the message itself: that date is ignored, the order of the messages counts.' },
    advice: { fr: 'Corrigez la date du recueil (ZFA-10, ZFA-12).', en: 'Correct the date of collection (ZFA-10, ZFA-12).' },
    spec: 'IHE PAM France 2.11, ZFA-10 et ZFA-12', issue: 'value',
  },
  'normalize.movement-contradiction': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'L’évènement {0} crée un mouvement et ZBE-4 l’annule : on ne sait pas lequel croire.', en: 'Event {0} makes a movement and ZBE-4 cancels it: which one to believe is not known.' },
    advice: { fr: 'Une annulation s’émet par son évènement (A11, A12, A13…) avec ZBE-4 = CANCEL.', en: 'A cancellation is sent by its own event (A11, A12, A13…) with ZBE-4 = CANCEL.' },
    spec: 'IHE PAM France 2.11, ZBE-4', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'business-rule',
  },
  'normalize.movement-action': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Action du mouvement inconnue : l’évènement est cru.', en: 'Unknown action of the movement: the event is believed.' },
    advice: { fr: 'ZBE-4 prend INSERT, UPDATE ou CANCEL.', en: 'ZBE-4 takes INSERT, UPDATE or CANCEL.' },
    spec: 'IHE PAM France 2.11, ZBE-4', issue: 'code-invalid',
  },
  'normalize.visit-number': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Mouvement sans numéro de venue (PV1-19) : la suite du séjour ne pourra pas lui être rattachée.', en: 'Movement without a visit number (PV1-19): what follows in the stay cannot be tied to it.' },
    advice: { fr: 'Remplissez PV1-19, le même dans tous les messages du séjour.', en: 'Fill PV1-19, the same in every message of the stay.' },
    spec: 'IHE PAM France 2.11, PV1-19', issue: 'required',
  },
  'normalize.missing-code': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Résultat sans code : on ne sait pas ce qui a été mesuré.', en: 'Result without a code: what was measured is not known.' },
    advice: { fr: 'Remplissez OBR-4 et OBX-3 (code LOINC, ou code local avec son système).', en: 'Fill OBR-4 and OBX-3 (a LOINC code, or a local code with its system).' },
    spec: 'HL7 v2.5 §7.4.1.4, §7.4.2.3 (R)', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'normalize.result-repeated': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Plusieurs résultats d’un même code et d’un même OBX-4 : ils ne sont distingués que par leur rang.', en: 'Several results of one code and one OBX-4: they are told apart by their rank only.' },
    advice: { fr: 'Numérotez OBX-4 : une correction qui n’en reprendrait qu’un pourrait remplacer l’autre.', en: 'Number OBX-4: a correction that repeats one of them only could take the other’s place.' },
    spec: 'HL7 v2.5 §7.4.2.4', issue: 'multiple-matches',
  },
  'normalize.order-repeated': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Plusieurs OBR du message ont le même numéro et le même examen : ils ne sont distingués que par leur rang.', en: 'Several OBR of the message have one number and one service: they are told apart by their rank only.' },
    advice: { fr: 'Donnez à chaque OBR son numéro (OBR-3) : une correction qui n’en reprendrait qu’un pourrait remplacer l’autre.', en: 'Give each OBR a number of its own (OBR-3): a correction that repeats one of them only could take the other’s place.' },
    spec: 'HL7 v2.5 §7.4.1.3', issue: 'multiple-matches',
  },
  'normalize.parent-unclear': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Plusieurs résultats du message peuvent être celui que l’examen détaille : il n’est rattaché à aucun.', en: 'Several results of the message may be the one that this order details: it is tied to none.' },
    advice: { fr: 'Donnez en OBR-29 le numéro de l’OBR parent, et un OBX-4 à chaque germe (OBR-26 les reprend).', en: 'Give in OBR-29 the parent OBR’s number, and each organism an OBX-4 (OBR-26 repeats it).' },
    spec: 'HL7 v2.5 §7.4.1.26, §7.4.1.29', issue: 'multiple-matches',
  },
  'normalize.value-not-sent-again': {
    stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Résultat rendu définitif (OBX-11 = U) sans sa valeur : le destinataire la perdrait.', en: 'Result made final (OBX-11 = U) without its value: the receiver would lose it.' },
    advice: { fr: 'Émettez de nouveau le résultat entier, avec OBX-5 et le statut F.', en: 'Send the whole result again, with OBX-5 and status F.' },
    spec: 'HL7 v2.5 table 0085 (U), §7.4.2.5', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'normalize.unit-in-two': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Unité coupée par un « ^ » non échappé : elle est lue d’un seul tenant.', en: 'Unit cut by a “^” that is not escaped: it is read in one piece.' },
    advice: { fr: 'Écrivez 10\\S\\9/L, ou l’unité UCUM 10*9/L avec son système (^^UCUM).', en: 'Write 10\\S\\9/L, or the UCUM unit 10*9/L with its system (^^UCUM).' },
    spec: 'HL7 v2.5 §2.7, §7.4.2.6', issue: 'value',
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
