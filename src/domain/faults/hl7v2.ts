import { faults } from '../fault.ts';

/** Faults of the HL7 v2 syntax itself: what the codec can see without knowing the message's purpose. */
export const hl7v2Faults = faults({
  'hl7v2.no-msh': {
    stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message ne commence pas par un segment MSH.', en: 'The message does not start with an MSH segment.' },
    advice: { fr: 'Vérifiez que l’émetteur envoie bien un message HL7 v2 entre 0x0B et 0x1C 0x0D.', en: 'Check that the sender frames an HL7 v2 message between 0x0B and 0x1C 0x0D.' },
    spec: 'HL7 v2.5 §2.14.9', hl7: { ack: 'AR', err3: 100 }, http: 503, issue: 'structure',
  },
  'hl7v2.second-msh': {
    stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Un second segment MSH se trouve dans le message : deux messages y sont collés.', en: 'A second MSH segment stands in the message: two messages are stuck together.' },
    advice: { fr: 'Faites émettre un message par trame MLLP.', en: 'Have the sender put one message in each MLLP frame.' },
    spec: 'HL7 v2.5 §2.14.9', hl7: { ack: 'AE', err3: 100 }, http: 422, issue: 'structure',
  },
  'hl7v2.no-control-id': {
    stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'MSH-10 (identifiant du message) est vide : l’acquittement ne pourrait désigner aucun message.', en: 'MSH-10 (message control id) is empty: no acknowledgement could name the message.' },
    advice: { fr: 'Faites remplir MSH-10 par l’émetteur avec une valeur unique.', en: 'Have the sender fill MSH-10 with a unique value.' },
    spec: 'HL7 v2.5 §2.14.9.10', hl7: { ack: 'AR', err3: 101 }, http: 503, issue: 'required',
  },
  'hl7v2.no-message-type': {
    stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'MSH-9 (type du message) est vide.', en: 'MSH-9 (message type) is empty.' },
    advice: { fr: 'Faites remplir MSH-9 par l’émetteur, par exemple ORU^R01^ORU_R01.', en: 'Have the sender fill MSH-9, for instance ORU^R01^ORU_R01.' },
    spec: 'HL7 v2.5 §2.14.9.9', hl7: { ack: 'AE', err3: 101 }, http: 422, issue: 'required',
  },
  'hl7v2.control-character': {
    stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: '{0} a un caractère de commande, ou un autre qu’aucun XML ne peut porter.', en: '{0} holds a control character, or another that no XML can carry.' },
    advice: { fr: 'Faites retirer ce caractère à la source : ni le DMP ni MSSanté ne peuvent être nourris d’un PRT qui en a un, et ailleurs un destinataire peut refuser le message. Un retour à la ligne s’écrit \\.br\\.', en: 'Have this character taken out at the source: neither the DMP nor MSSanté can be fed by a PRT that has one, and elsewhere a receiver may refuse the message. A line break is written \\.br\\.' },
    spec: 'XML 1.0 §2.2 ; FHIR R4 string', hl7: { ack: 'AE', err3: 102 }, http: 422, issue: 'value',
  },
  'hl7v2.not-a-segment': {
    stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'La ligne {0} n’est pas un segment : son contenu serait perdu.', en: 'Line {0} is no segment: its content would be lost.' },
    advice: { fr: 'Un segment commence par trois caractères (PID, OBX, ZBE…) puis le séparateur de champs. Cherchez un retour à la ligne au milieu d’une valeur.', en: 'A segment starts with three characters (PID, OBX, ZBE…) then the field separator. Look for a line break inside a value.' },
    spec: 'HL7 v2.5 §2.5.1', hl7: { ack: 'AE', err3: 100 }, http: 422, issue: 'structure',
  },
  'hl7v2.broken-line': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'La ligne {0} n’est pas un segment : elle est lue comme la suite de la valeur du segment {1}.', en: 'Line {0} is no segment: it is read as the rest of the value of segment {1}.' },
    advice: { fr: 'Faites écrire les retours à la ligne d’une valeur \\.br\\ et le base64 sans retour à la ligne.', en: 'Have line breaks in a value written as \\.br\\, and base64 without line breaks.' },
    spec: 'HL7 v2.5 §2.7', hl7: { ack: 'AE', err3: 100 }, http: 422, issue: 'structure',
  },
  'hl7v2.separators-unusual': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Les séparateurs déclarés en MSH-1 et MSH-2 ne sont pas les séparateurs usuels ; ils sont suivis tels quels.', en: 'The separators declared in MSH-1 and MSH-2 are not the usual ones; they are followed as declared.' },
    advice: { fr: 'Vérifiez que l’émetteur le fait exprès : la valeur attendue est |^~\\&.', en: 'Check that the sender means it: the expected value is |^~\\&.' },
    spec: 'HL7 v2.5 §2.5.4', issue: 'value',
  },
  'hl7v2.separators-invalid': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'MSH-2 ne déclare pas quatre séparateurs distincts ; le séparateur usuel remplace ce qui manque.', en: 'MSH-2 does not declare four distinct separators; the usual one stands in for what is missing.' },
    advice: { fr: 'Faites remplir MSH-2 par l’émetteur avec ^~\\&.', en: 'Have the sender fill MSH-2 with ^~\\&.' },
    spec: 'HL7 v2.5 §2.14.9.2', issue: 'value',
  },
  'hl7v2.charset-unknown': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le jeu de caractères déclaré en MSH-18 n’est pas reconnu ; le texte est lu selon ses octets.', en: 'The character set declared in MSH-18 is not known; the text is read by its bytes.' },
    advice: { fr: 'Déclarez UNICODE UTF-8 ou 8859/15.', en: 'Declare UNICODE UTF-8 or 8859/15.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, MSH-18', hl7: { ack: 'AE', err3: 103 }, issue: 'value',
  },
  'hl7v2.charset-undeclared': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message a des caractères accentués sans jeu de caractères en MSH-18 ; il est lu en {0}.', en: 'The message has accented characters and no character set in MSH-18; it is read as {0}.' },
    advice: { fr: 'Déclarez UNICODE UTF-8 ou 8859/15 en MSH-18.', en: 'Declare UNICODE UTF-8 or 8859/15 in MSH-18.' },
    spec: 'HL7 v2.5 §2.14.9.18', issue: 'value',
  },
  'hl7v2.charset-damaged': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Des octets du message ne forment aucun caractère UTF-8 : ils sont lus « \uFFFD », le reste est juste.', en: 'Some bytes of the message make no UTF-8 character: they are read “\uFFFD”, the rest is right.' },
    advice: { fr: 'Un texte est souvent coupé au milieu d’une lettre accentuée : faites couper l’émetteur par caractères, non par octets.', en: 'A text is often cut in the middle of an accented letter: have the sender cut by characters, not by bytes.' },
    spec: 'HL7 v2.5 §2.14.9.18', issue: 'value',
  },
  'hl7v2.charset-fallback': {
    stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'MSH-18 déclare {0} mais les octets n’en sont pas : le message est lu en {1}.', en: 'MSH-18 declares {0} but the bytes are not: the message is read as {1}.' },
    advice: { fr: 'Faites corriger MSH-18 ou l’encodage de l’émetteur, et vérifiez les noms accentués de ce message.', en: 'Have MSH-18 or the encoding mended at the sender, and check the accented names of this message.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, MSH-18', issue: 'value',
  },
});
