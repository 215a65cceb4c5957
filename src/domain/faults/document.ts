import { documentEntryFaults } from './document-entry.ts';
import { faults } from '../fault.ts';

const volet = 'CI-SIS Transmission CDA-R2 HL7 v2 2.1';
/** The volet has no finer word for "this document cannot be read": table 0357 207 with applicationErrorCondition 906. */
const unreadable = { stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422 } as const;
const warning = { stage: 'formats', severity: 'warning', class: 'permanent', blame: 'sender' } as const;

/** What can be wrong with a document itself: its transport in base64, its XML, its CDA header, its XDS metadata. */
export const documentFaults = faults({
  ...documentEntryFaults,
  'document.empty': {
    ...unreadable, hl7: { ack: 'AE', err3: 101 }, issue: 'required', spec: `${volet}, OBX-5`,
    text: { fr: 'Le document est vide.', en: 'The document is empty.' },
    advice: { fr: 'OBX-5.5 doit porter le document CDA entier, codé en base64.', en: 'OBX-5.5 must carry the whole CDA document in base64.' },
  },
  'document.several-in-one': {
    ...unreadable, hl7: { ack: 'AE', err3: 198 }, issue: 'structure', spec: `${volet}, OBX-5 [1..1]`,
    text: { fr: 'OBX-5 se répète : un OBX ne porte qu’un document.', en: 'OBX-5 repeats: an OBX carries one document.' },
    advice: { fr: 'Envoyez chaque document dans un OBX à lui ; un ~ dans le contenu s’écrit \\R\\.', en: 'Send each document in an OBX of its own; a ~ in the content is written \\R\\.' },
  },
  'document.base64': {
    ...unreadable, hl7: { ack: 'AE', err3: 102 }, issue: 'value', spec: `${volet}, OBX-5.5 ; RFC 4648 §4`,
    text: { fr: 'Le document n’est pas en base64 lisible : il a été abîmé ou tronqué en route.', en: 'The document is not readable base64: it was damaged or cut on its way.' },
    advice: { fr: 'Vérifiez la longueur maximale des champs chez l’émetteur et ses intermédiaires, puis renvoyez le message.', en: 'Check the maximum field length at the sender and on the way, then send the message again.' },
  },
  'document.base64-tolerated': {
    ...warning, spec: `${volet}, OBX-5.5 ; RFC 4648 §4`, issue: 'value',
    text: { fr: 'Base64 non conforme ({0}) : le document a pu être décodé et il est complet.', en: 'Non-conformant base64 ({0}): the document could be decoded and is complete.' },
    advice: { fr: 'Faites corriger l’émetteur : un autre récepteur refuserait ce message.', en: 'Have the sender mended: another receiver would refuse this message.' },
  },
  'document.encoding-declared': {
    ...warning, spec: `${volet}, OBX-5.4 ; HL7 table 0299`, issue: 'value',
    text: { fr: 'OBX-5.4 n’annonce pas Base64.', en: 'OBX-5.4 does not say Base64.' },
    advice: { fr: 'OBX-5.4 doit valoir Base64.', en: 'OBX-5.4 must be Base64.' },
  },
  'document.not-cda': {
    ...unreadable, issue: 'structure', spec: `${volet}, OBX-5.5 ; applicationErrorCondition 906`,
    text: { fr: 'Le contenu n’est pas un document CDA R2.', en: 'The content is not a CDA R2 document.' },
    advice: { fr: 'Envoyez le document CDA (élément racine ClinicalDocument, espace de noms urn:hl7-org:v3).', en: 'Send the CDA document (root element ClinicalDocument, namespace urn:hl7-org:v3).' },
  },
  'document.not-well-formed': {
    ...unreadable, issue: 'structure', spec: 'XML 1.0 §2.1',
    text: { fr: 'Le document n’est pas du XML bien formé (ligne {0}, colonne {1}).', en: 'The document is not well-formed XML (line {0}, column {1}).' },
    advice: { fr: 'Le document a sans doute été tronqué ou modifié : renvoyez-le entier.', en: 'The document was probably cut or changed: send it whole.' },
  },
  'document.dtd': {
    ...unreadable, issue: 'security', spec: 'Passerelle, sécurité XML (aucune DTD, aucune entité externe)',
    text: { fr: 'Le document contient une déclaration DOCTYPE : il est refusé sans être lu.', en: 'The document has a DOCTYPE declaration: it is refused unread.' },
    advice: { fr: 'Retirez la déclaration DOCTYPE : un CDA n’en a pas besoin.', en: 'Remove the DOCTYPE: a CDA does not need one.' },
  },
  'document.limits': {
    ...unreadable, issue: 'too-costly', spec: 'Passerelle, sécurité XML (taille et profondeur bornées)',
    text: { fr: 'Le document dépasse une borne de sûreté ({0}).', en: 'The document is over a safety limit ({0}).' },
    advice: { fr: 'Réduisez le document, ou relevez la borne si le document est légitime.', en: 'Make the document smaller, or raise the limit if it is legitimate.' },
  },
  'document.encoding': {
    ...unreadable, issue: 'value', spec: 'XML 1.0 §4.3.3',
    text: { fr: 'Les octets du document ne sont pas dans l’encodage qu’il déclare ({0}).', en: 'The document’s bytes are not in the encoding it declares ({0}).' },
    advice: { fr: 'Corrigez la déclaration encoding="…" ou les octets. Encodages lus : UTF-8, ISO-8859-1, ISO-8859-15, windows-1252.', en: 'Mend the encoding="…" declaration or the bytes. Read: UTF-8, ISO-8859-1, ISO-8859-15, windows-1252.' },
  },
  'document.several-cda': {
    ...unreadable, issue: 'structure', spec: 'CDA R2 §4.2 ; un fichier, un ClinicalDocument',
    text: { fr: 'Le fichier contient plusieurs ClinicalDocument : on ne sait lequel transmettre.', en: 'The file holds several ClinicalDocument elements: which one to send is unknown.' },
    advice: { fr: 'Envoyez un fichier par document.', en: 'Send one file per document.' },
  },
  'document.several-patients': {
    ...unreadable, issue: 'business-rule', spec: 'CI-SIS Structuration minimale, recordTarget [1..1] ; Passerelle invariant 9',
    text: { fr: 'Le document concerne plusieurs patients (recordTarget).', en: 'The document is about several patients (recordTarget).' },
    advice: { fr: 'Un document CDA du CI-SIS concerne un seul patient.', en: 'A CI-SIS CDA document is about one patient.' },
  },
  'document.element-missing': {
    ...unreadable, issue: 'required', spec: 'CI-SIS Structuration minimale des documents de santé',
    text: { fr: 'L’en-tête du document n’a pas {0}.', en: 'The document’s header lacks {0}.' },
    advice: { fr: 'Complétez l’en-tête du CDA.', en: 'Complete the CDA header.' },
  },
  'document.time': {
    ...warning, spec: 'CDA R2, TS ; CI-SIS Structuration minimale', issue: 'value',
    text: { fr: 'Date ou heure illisible : {0}.', en: 'Unreadable date or time: {0}.' },
    advice: { fr: 'Format attendu : AAAAMMJJhhmmss+ZZZZ.', en: 'Expected: YYYYMMDDhhmmss+ZZZZ.' },
  },
  'document.time-without-offset': {
    ...warning, severity: 'information', spec: 'CI-SIS Structuration minimale, horodatage',
    text: { fr: 'Heure sans décalage horaire ({0}) : elle est lue dans le fuseau de la source.', en: 'Time without an offset ({0}): read in the source’s time zone.' },
    advice: { fr: 'Ajoutez le décalage (+0100, +0200) aux heures du CDA.', en: 'Add the offset (+0100, +0200) to the CDA’s times.' },
  },
});
