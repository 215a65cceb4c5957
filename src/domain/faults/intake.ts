import { faults } from '../fault.ts';

/** Faults of the wire: what a listener can see before the message is read. `hl7` is what an MLLP peer is answered. */
export const intakeFaults = faults({
  'intake.frame-too-large': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message dépasse la taille maximale de ce point d’entrée.', en: 'The message is over the maximum size of this listener.' },
    advice: { fr: 'Envoyez un document plus petit, ou relevez « maxBytes » du point d’entrée.', en: 'Send a smaller document, or raise the listener’s "maxBytes".' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 413, issue: 'too-long',
  },
  'intake.frame-truncated': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'sender',
    text: { fr: 'La trame n’a pas été terminée par 0x1C 0x0D : le message est incomplet et n’a pas été pris.', en: 'The frame was not ended by 0x1C 0x0D: the message is incomplete and was not taken.' },
    advice: { fr: 'Renvoyez le message entier.', en: 'Send the whole message again.' },
    spec: 'HL7 v2.5 Appendix C (MLLP)', hl7: { ack: 'AR', err3: 207 }, issue: 'incomplete',
  },
  'intake.frame-timeout': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'sender',
    text: { fr: 'Le message a commencé mais n’est pas arrivé en entier dans le délai.', en: 'The message began but did not arrive whole in time.' },
    advice: { fr: 'Vérifiez la liaison et renvoyez le message, ou relevez « frameMs » du point d’entrée.', en: 'Check the line and send the message again, or raise the listener’s "frameMs".' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 408, issue: 'timeout',
  },
  'intake.garbage': {
    stage: 'intake', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Des octets hors de toute trame MLLP ont été ignorés.', en: 'Bytes outside any MLLP frame were ignored.' },
    advice: { fr: 'Vérifiez que l’émetteur parle bien MLLP (0x0B … 0x1C 0x0D) sur ce port.', en: 'Check that the sender speaks MLLP (0x0B … 0x1C 0x0D) on this port.' },
    spec: 'HL7 v2.5 Appendix C (MLLP)',
  },
  'intake.unknown-source': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Aucune source déclarée ne correspond à cet émetteur (réseau, certificat ou jeton, MSH-3 et MSH-4).', en: 'No declared source matches this sender (network, certificate or token, MSH-3 and MSH-4).' },
    advice: { fr: 'Déclarez la source dans la configuration, ou corrigez MSH-3/MSH-4 chez l’émetteur.', en: 'Declare the source in the configuration, or correct MSH-3/MSH-4 at the sender.' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 403, issue: 'forbidden',
  },
  'intake.no-credential': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'sender',
    text: { fr: 'Ni le jeton ni le certificat présentés ne sont ceux d’une source de ce point d’entrée.', en: 'Neither the token nor the certificate shown is one of a source of this listener.' },
    advice: { fr: 'Présentez « Authorization: Bearer … » avec le jeton de la source, ou son certificat client.', en: 'Show "Authorization: Bearer …" with the source’s token, or its client certificate.' },
    spec: 'RFC 6750 §3', hl7: { ack: 'AR', err3: 207 }, http: 401, issue: 'login',
  },
  'intake.certificate-refused': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'sender',
    text: { fr: 'Le certificat client est absent ou refusé : {0}.', en: 'The client certificate is missing or refused: {0}.' },
    advice: { fr: 'Renouvelez le certificat, ou ajoutez son autorité à « tls.ca » du point d’entrée.', en: 'Renew the certificate, or add its authority to the listener’s "tls.ca".' },
    spec: 'RFC 5280 §6', hl7: { ack: 'AR', err3: 207 }, http: 403, issue: 'forbidden',
  },
  'intake.handshake-failed': {
    stage: 'intake', severity: 'warning', class: 'configuration', blame: 'sender',
    text: { fr: 'La négociation TLS a échoué : {0}.', en: 'The TLS handshake failed: {0}.' },
    advice: { fr: 'Vérifiez que l’émetteur parle TLS 1.2 ou plus sur ce port.', en: 'Check that the sender speaks TLS 1.2 or later on this port.' },
    spec: 'RFC 9325 §3.1',
  },
  'intake.overloaded': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'us',
    text: { fr: 'La passerelle est saturée : le message n’a pas été pris.', en: 'The gateway is saturated: the message was not taken.' },
    advice: { fr: 'Renvoyez-le dans un instant ; si cela dure, voyez « intake » dans la configuration et la charge du disque.', en: 'Send it again in a moment; if this lasts, see "intake" in the configuration and the disk’s load.' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'throttled',
  },
  'intake.rate-limited': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'sender',
    text: { fr: 'La source envoie plus vite que son débit convenu : le message n’a pas été pris.', en: 'The source sends faster than its agreed rate: the message was not taken.' },
    advice: { fr: 'Renvoyez-le un peu plus tard, plus lentement ; le débit est « rate » de la source.', en: 'Send it again a little later, more slowly; the rate is the source’s "rate".' },
    spec: 'RFC 6585 §4', hl7: { ack: 'AR', err3: 207 }, http: 429, issue: 'throttled',
  },
  'intake.disk-low': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'operator',
    text: { fr: 'Le disque des données est presque plein : le message n’a pas été pris.', en: 'The data disk is nearly full: the message was not taken.' },
    advice: { fr: 'Libérez de l’espace ; le seuil est « minFreeMiB ».', en: 'Free some space; the threshold is "minFreeMiB".' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'no-store',
  },
  'intake.too-many-connections': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'operator',
    text: { fr: 'Ce point d’entrée a déjà toutes ses connexions.', en: 'This listener already has all its connections.' },
    advice: { fr: 'Fermez des connexions inutiles chez les émetteurs, ou relevez « maxConnections ».', en: 'Close needless connections at the senders, or raise "maxConnections".' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'throttled',
  },
  'intake.idle': {
    stage: 'intake', severity: 'information', class: 'transient', blame: 'sender',
    text: { fr: 'Connexion muette trop longtemps : fermée.', en: 'Connection silent for too long: closed.' },
    advice: { fr: 'L’émetteur se reconnecte à son prochain message ; le délai est « idleMs ».', en: 'The sender connects again for its next message; the delay is "idleMs".' },
    spec: '',
  },
  'intake.stopping': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'us',
    text: { fr: 'La passerelle s’arrête : le message n’a pas été pris.', en: 'The gateway is stopping: the message was not taken.' },
    advice: { fr: 'Renvoyez le message.', en: 'Send the message again.' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'transient',
  },
  'intake.failed': {
    stage: 'intake', severity: 'error', class: 'ambiguous', blame: 'us',
    text: { fr: 'Le message n’a pas pu être pris en charge.', en: 'The message could not be taken in charge.' },
    advice: { fr: 'Renvoyez le message ; si cela se répète, transmettez le journal technique à l’assistance.', en: 'Send the message again; if it happens again, give the technical log to support.' },
    spec: '', hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'exception',
  },
  'intake.replan-failed': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'us',
    text: { fr: 'Le message {0} n’a pas pu être planifié non plus cette fois : il reste en quarantaine, entier.', en: 'Message {0} could not be planned this time either: it stays quarantined, whole.' },
    advice: { fr: 'Exportez-le (« messages export ») et transmettez-le à l’assistance ; demandez à l’émetteur de le renvoyer autrement.', en: 'Export it ("messages export") and give it to support; ask the sender to send it another way.' },
    spec: '', http: 409, issue: 'exception',
  },
  'intake.replan-unknown-source': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le message {0} vient de la source {1}, que la configuration ne connaît plus.', en: 'Message {0} came from source {1}, which the configuration no longer knows.' },
    advice: { fr: 'Remettez cette source dans la configuration, redémarrez, puis recommencez.', en: 'Put that source back into the configuration, restart, then try again.' },
    spec: '', http: 409, issue: 'conflict',
  },
  'intake.replan-stopped': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'operator',
    text: { fr: 'La passerelle ne tourne pas : un message ne peut être planifié que par elle.', en: 'The gateway does not run: only it can plan a message.' },
    advice: { fr: 'Démarrez-la, puis recommencez.', en: 'Start it, then try again.' },
    spec: '', http: 503, issue: 'transient',
  },
  'intake.replanned': {
    stage: 'intake', severity: 'information', class: 'permanent', blame: 'operator',
    text: { fr: 'Planifié de nouveau par un opérateur.', en: 'Planned again by an operator.' }, advice: { fr: 'Rien à faire.', en: 'Nothing to do.' }, spec: '',
  },
  'intake.encoding-unsupported': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le corps de la requête est compressé (Content-Encoding), ce qui n’est pas accepté.', en: 'The request body is compressed (Content-Encoding), which is not accepted.' },
    advice: { fr: 'Envoyez les octets du message tels quels.', en: 'Send the message’s bytes as they are.' },
    spec: 'RFC 9110 §15.5.16', hl7: { ack: 'AR', err3: 207 }, http: 415, issue: 'not-supported',
  },
  'intake.body-incomplete': {
    stage: 'intake', severity: 'error', class: 'transient', blame: 'sender',
    text: { fr: 'Le corps de la requête est vide ou n’est pas arrivé en entier.', en: 'The request body is empty or did not arrive whole.' },
    advice: { fr: 'Envoyez un message par requête, en entier.', en: 'Send one whole message a request.' },
    spec: 'RFC 9110 §15.5.1', hl7: { ack: 'AR', err3: 207 }, http: 400, issue: 'incomplete',
  },
  'intake.file-unreadable': {
    stage: 'intake', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Un fichier déposé n’a pas pu être lu ({0}) : il est dans « rejected ».', en: 'A dropped file could not be read ({0}): it is in "rejected".' },
    advice: { fr: 'Déposez à nouveau un fichier lisible, contenant un ou plusieurs messages HL7 v2 ou un document CDA.', en: 'Drop a readable file again, with one or several HL7 v2 messages or one CDA document.' },
    spec: '',
  },
  'intake.folder-unusable': {
    stage: 'intake', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le dossier de dépôt ne peut pas être lu ou écrit ({0}).', en: 'The drop folder cannot be read or written ({0}).' },
    advice: { fr: 'Vérifiez que le dossier existe et que la passerelle peut y écrire ; la relève reprend d’elle-même.', en: 'Check that the folder exists and that the gateway may write in it; picking up goes on by itself.' },
    spec: '',
  },
});
