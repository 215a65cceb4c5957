import { faults } from '../fault.ts';

const cds = 'CI-SIS CDS/CDL : rejet métier en HTTP 500 + OperationOutcome';
const ours = 'Passerelle, connecteur regional';

/** What a regional platform answers, or fails to (regional.md §4.2, §5.6). `{0}` is an issue or HTTP code, `{1}` a place of the message. */
export const regionalFaults = faults({
  'regional.rejected': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'La plateforme régionale refuse la ressource ({0}) issue de {1}.', en: 'The regional platform refuses the resource ({0}) that comes from {1}.' },
    advice: { fr: 'Corrigez la donnée à cet endroit chez l’émetteur, puis rejouez : les identifiants resteront les mêmes.', en: 'Mend the data at that place at the sender, then replay: the identifiers stay the same.' },
    spec: cds, hl7: { ack: 'AE', err3: 207, err5: 906 }, issue: 'business-rule',
  },
  'regional.precondition': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver',
    text: { fr: 'Plusieurs ressources de la plateforme ont l’identifiant visé, ou elles ont changé deux fois de suite ({0}).', en: 'Several resources of the platform have the identifier meant, or they changed twice in a row ({0}).' },
    advice: { fr: 'Demandez à la plateforme de dédoublonner cet identifiant, puis rejouez.', en: 'Ask the platform to remove the duplicates of that identifier, then replay.' },
    spec: 'FHIR R4 §3.1.0.7.2 (412)', hl7: { ack: 'AE', err3: 207, err5: 906 }, issue: 'conflict',
  },
  'regional.conflict': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'La plateforme traite déjà une ressource de ce message : nouvel essai prévu.', en: 'The platform is already working on a resource of this message: it will be tried again.' },
    advice: { fr: 'Rien à faire, sauf si cela dure.', en: 'Nothing to do, unless it lasts.' },
    spec: 'FHIR R4 §3.1.0.1.5 (409)', issue: 'conflict',
  },
  'regional.busy': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'La plateforme régionale demande d’attendre.', en: 'The regional platform asks to wait.' },
    advice: { fr: 'Rien à faire : l’envoi reprend de lui-même.', en: 'Nothing to do: sending resumes by itself.' },
    spec: 'RFC 9110 §10.2.3, Retry-After', issue: 'throttled',
  },
  'regional.server-error': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'La plateforme régionale est en panne.', en: 'The regional platform is failing.' },
    advice: { fr: 'Prévenez son exploitant si cela dure ; l’envoi reprend de lui-même.', en: 'Tell its operator if it lasts; sending resumes by itself.' },
    spec: 'RFC 9110 §15.6.1', issue: 'exception',
  },
  'regional.unreachable': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'La plateforme régionale n’est pas joignable : rien n’a été envoyé.', en: 'The regional platform cannot be reached: nothing was sent.' },
    advice: { fr: 'Vérifiez l’adresse, le pare-feu et l’état de la plateforme.', en: 'Check the address, the firewall and the platform’s state.' },
    spec: ours, issue: 'transient',
  },
  'regional.no-answer': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver',
    text: { fr: 'La connexion s’est terminée sans réponse : la plateforme a pu enregistrer l’envoi.', en: 'The connection ended without an answer: the platform may have stored it.' },
    advice: { fr: 'Rien à faire : la plateforme est interrogée par identifiant avant tout renvoi.', en: 'Nothing to do: the platform is asked by identifier before anything is sent again.' },
    spec: ours, issue: 'timeout',
  },
  'regional.not-understood': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver',
    text: { fr: 'La plateforme a répondu un succès sans le compte rendu attendu.', en: 'The platform answered a success without the report expected.' },
    advice: { fr: 'Vérifiez baseUrl (un portail ou un proxy répond peut-être à sa place).', en: 'Check baseUrl (a portal or proxy may be answering in its place).' },
    spec: 'FHIR R4 §3.1.0.11.2, transaction-response', issue: 'structure',
  },
  'regional.unauthorized': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La plateforme ne reconnaît pas la passerelle ({0}).', en: 'The platform does not recognise the gateway ({0}).' },
    advice: { fr: 'Vérifiez la clé, le client_id et son secret, ou le certificat, et leur date de fin.', en: 'Check the key, the client_id and its secret, or the certificate, and when they end.' },
    spec: 'CI-SIS sécurisation transport API REST 1.2.0', issue: 'login',
  },
  'regional.forbidden': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La plateforme refuse l’accès à la passerelle ({0}).', en: 'The platform denies access to the gateway ({0}).' },
    advice: { fr: 'Faites ouvrir les droits d’écriture auprès de la plateforme.', en: 'Have write access opened at the platform.' },
    spec: 'CI-SIS sécurisation transport API REST 1.2.0', issue: 'forbidden',
  },
  'regional.tls': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La connexion TLS avec la plateforme échoue ({0}) : rien n’a été envoyé.', en: 'The TLS connection with the platform fails ({0}): nothing was sent.' },
    advice: { fr: 'Vérifiez l’autorité (tls.ca), le certificat client et leurs dates.', en: 'Check the authority (tls.ca), the client certificate and their dates.' },
    spec: 'CI-SIS sécurisation transport API REST 1.2.0', issue: 'security',
  },
  'regional.redirected': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La plateforme renvoie vers une autre adresse ({0}) : rien n’a été pris.', en: 'The platform points to another address ({0}): nothing was taken.' },
    advice: { fr: 'Mettez dans baseUrl (ou eventUrl) l’adresse définitive de la plateforme : un portail ou une ancienne adresse répond à sa place.', en: 'Set baseUrl (or eventUrl) to the platform’s final address: a portal or a former address answers in its place.' },
    spec: 'RFC 9110 §15.4', issue: 'transient',
  },
  'regional.too-large': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver',
    text: { fr: 'La plateforme refuse un envoi de cette taille ({0}).', en: 'The platform refuses something of this size ({0}).' },
    advice: { fr: 'Demandez à la plateforme sa limite de taille et faites-la relever.', en: 'Ask the platform for its size limit and have it raised.' },
    spec: 'RFC 9110 §15.5.14', hl7: { ack: 'AE', err3: 207, err5: 906 }, issue: 'too-long',
  },
  'regional.nothing-to-supersede': {
    stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'receiver',
    text: { fr: 'La plateforme n’a pas la version que ce document remplace : la nouvelle version y est, rien n’était à retirer.', en: 'The platform does not have the version this document replaces: the new one is there, nothing was to be withdrawn.' },
    advice: { fr: 'Vérifiez que l’identifiant du document remplacé (TXA-13, relatedDocument) est le bon.', en: 'Check that the id of the replaced document (TXA-13, relatedDocument) is the right one.' },
    spec: 'PDSm 3.1.1, remplacement', issue: 'not-found',
  },
  'regional.nothing-to-send': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator',
    text: { fr: 'Ce message n’a rien que cette plateforme prenne.', en: 'This message has nothing that this platform takes.' },
    advice: { fr: 'Vérifiez la règle de routage et le réglage flows de la destination.', en: 'Check the routing rule and the destination’s flows setting.' },
    spec: ours, hl7: { ack: 'AE', err3: 207, err5: 906 }, issue: 'not-supported',
  },
});
