import { faults } from '../fault.ts';

const received = { stage: 'formats', severity: 'error', class: 'ambiguous', blame: 'receiver' } as const;
const mime = 'RFC 2046 §5.1 ; W3C SOAP 1.2 MTOM §3';

/** What can be wrong with a SOAP message received, with or without attachments. */
export const soapFaults = faults({
  'soap.not-well-formed': {
    ...received, spec: 'SOAP 1.2 §5 ; XML 1.0 §2.1', issue: 'structure',
    text: { fr: 'La réponse SOAP n’est pas du XML bien formé (ligne {0}, colonne {1}).', en: 'The SOAP answer is not well-formed XML (line {0}, column {1}).' },
    advice: { fr: 'Vérifiez l’adresse du service : un portail ou un proxy répond peut-être à sa place.', en: 'Check the service’s address: a portal or proxy may be answering in its place.' },
  },
  'soap.dtd': {
    ...received, spec: 'SOAP 1.2 §5 (aucune DTD)', issue: 'security',
    text: { fr: 'La réponse SOAP contient une déclaration DOCTYPE : elle n’est pas lue.', en: 'The SOAP answer has a DOCTYPE declaration: it is not read.' },
    advice: { fr: 'Signalez-le à l’exploitant du service.', en: 'Tell the service’s operator.' },
  },
  'soap.envelope': {
    ...received, spec: 'SOAP 1.2 §5.1', issue: 'structure',
    text: { fr: 'La réponse n’est pas une enveloppe SOAP 1.2.', en: 'The answer is no SOAP 1.2 envelope.' },
    advice: { fr: 'Vérifiez l’adresse et le chemin du service.', en: 'Check the service’s address and path.' },
  },
  'soap.limits': {
    ...received, spec: 'Passerelle, sécurité XML et MIME (taille et profondeur bornées)', issue: 'too-costly',
    text: { fr: 'La réponse SOAP dépasse une borne de sûreté ({0}).', en: 'The SOAP answer is over a safety limit ({0}).' },
    advice: { fr: 'Signalez-le à l’exploitant du service.', en: 'Tell the service’s operator.' },
  },
  'soap.mime-truncated': {
    ...received, spec: mime, issue: 'incomplete',
    text: { fr: 'La réponse en plusieurs parties est tronquée : son délimiteur de fin manque.', en: 'The multipart answer is truncated: its closing delimiter is missing.' },
    advice: { fr: 'L’issue est inconnue : le destinataire est interrogé avant tout nouvel envoi.', en: 'The outcome is unknown: the recipient is asked before anything is sent again.' },
  },
  'soap.mime-headers': {
    ...received, spec: mime, issue: 'structure',
    text: { fr: 'Les en-têtes MIME de la partie {0} sont mal formés.', en: 'The MIME headers of part {0} are malformed.' },
    advice: { fr: 'Signalez-le à l’exploitant du service.', en: 'Tell the service’s operator.' },
  },
  'soap.mime-encoding': {
    ...received, spec: 'RFC 2045 §6 ; W3C XOP §4', issue: 'structure',
    text: { fr: 'Encodage de transfert non pris en charge dans une partie MIME ({0}).', en: 'Transfer encoding not supported in a MIME part ({0}).' },
    advice: { fr: 'Signalez-le à l’exploitant du service.', en: 'Tell the service’s operator.' },
  },
  'soap.mime-root': {
    ...received, spec: 'RFC 2387 §3.2 (start)', issue: 'structure',
    text: { fr: 'Aucune partie de la réponse n’est celle que désigne le paramètre start.', en: 'No part of the answer is the one its start parameter names.' },
    advice: { fr: 'Signalez-le à l’exploitant du service.', en: 'Tell the service’s operator.' },
  },
});
