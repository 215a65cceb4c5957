import { faults } from '../fault.ts';

const ref2 = 'Référentiel socle MSSanté #2 v1.0.1';
const smtp = 'RFC 5321 §4.2';
const ours = 'Passerelle, connecteur mssante';
const said = { hl7: { ack: 'AE', err3: 207, err5: 906 } } as const;

/** MSSanté mails and what an operator answers (mss.md §3, §9.1). `{0}` is an SMTP code, `{1}` its enhanced status (RFC 3463). */
export const mssFaults = faults({
  'mss.settings': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Réglages MSSanté de la destination {0} inutilisables : {1}.', en: 'MSSanté settings of destination {0} cannot be used: {1}.' },
    advice: { fr: 'Corrigez-les dans la configuration (connectors/mssante/README.md les décrit).', en: 'Mend them in the configuration (connectors/mssante/README.md describes them).' },
    spec: ours,
  },
  'mss.nil-missing': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La destination {0} n’a pas de « nil » : aucun courriel MSSanté ne peut partir sans X-MSS-NIL.', en: 'Destination {0} has no “nil”: no MSSanté mail may leave without X-MSS-NIL.' },
    advice: { fr: 'Mettez dans settings.nil le numéro de référence du produit (convergence.esante.gouv.fr).', en: 'Put the product’s reference number (convergence.esante.gouv.fr) in settings.nil.' },
    spec: `${ref2}, ECO.2.4.3`,
  },
  'mss.pdf-missing': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le CDA en {0} ne contient pas de PDF : le courriel n’aurait que l’archive IHE_XDM.zip, illisible sans logiciel. Retenu pour une destination de production.', en: 'The CDA at {0} holds no PDF: the mail would have the IHE_XDM.zip archive only, which needs a software to be read. Held for a production destination.' },
    advice: { fr: 'Faites joindre par l’émetteur la copie PDF/A-1 dans le CDA (corps N1, ou observationMedia d’un N3).', en: 'Have the sender put the PDF/A-1 copy in the CDA (N1 body, or observationMedia of an N3).' },
    spec: `${ref2}, ECO.2.1.5`,
  },
  'mss.nothing-to-send': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Ce message n’a pas de document CDA à envoyer par courriel.', en: 'This message has no CDA document to send by mail.' },
    advice: { fr: 'Voyez les constats du message : son document n’a pas pu être lu.', en: 'See the message’s findings: its document could not be read.' },
    spec: ours, ...said,
  },
  'mss.code-missing': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Aucun CDA de ce courriel ne dit son type (code LOINC) : X-MSS-CODECDA serait absent.', en: 'No CDA of this mail tells its type (LOINC code): X-MSS-CODECDA would be absent.' },
    advice: { fr: 'Faites renseigner ClinicalDocument/code par l’émetteur.', en: 'Have the sender fill in ClinicalDocument/code.' },
    spec: `${ref2}, ECO.2.4.1`, ...said, issue: 'required',
  },
  'mss.not-made': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Ce courriel ne peut pas être composé : une valeur du message ou du document n’entre pas dans l’archive IHE_XDM.', en: 'This mail cannot be made: a value of the message or document does not fit in the IHE_XDM archive.' },
    advice: { fr: 'Cherchez un caractère de contrôle dans les noms et les titres, corrigez à la source puis renvoyez.', en: 'Look for a control character in names and titles, mend it at the source and send again.' },
    spec: ours, ...said, issue: 'value',
  },
  'mss.documents-differ': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'us',
    text: { fr: 'Retenu : les documents gardés ne sont pas ceux que ce courriel annonce (taille ou empreinte) ; rien n’est envoyé.', en: 'Held: the documents kept are not those that this mail tells of (size or hash); nothing is sent.' },
    advice: { fr: 'L’émetteur n’y est pour rien : contrôlez le journal (doctor) et signalez le cas à l’éditeur.', en: 'The sender has no part in it: check the journal (doctor) and report the case to the vendor.' },
    spec: ours,
  },
  'mss.not-one-recipient': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'us',
    text: { fr: 'Retenu : ce courriel n’a pas un destinataire et un seul.', en: 'Held: this mail does not have one recipient and only one.' },
    advice: { fr: 'Vérifiez l’adresse du destinataire, abandonnez cette remise et signalez le cas à l’éditeur.', en: 'Check the recipient’s address, abandon this delivery and report the case to the vendor.' },
    spec: smtp,
  },
  'mss.too-large': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Courriel trop gros une fois codé : {0} octets, {1} admis.', en: 'Mail too large once encoded: {0} bytes, {1} allowed.' },
    advice: { fr: 'Réduisez le document à la source : Mon espace santé refuse au-delà de 25 Mo, base64 compris.', en: 'Reduce the document at its source: Mon espace santé refuses beyond 25 MB, base64 included.' },
    spec: 'Mon espace santé, messagerie v1.3 §6 ; RFC 1870', ...said, issue: 'too-long',
  },
  'mss.recipient-refused': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver',
    text: { fr: 'L’opérateur refuse ce destinataire ({0} {1}).', en: 'The operator refuses this recipient ({0} {1}).' },
    advice: { fr: 'Vérifiez l’adresse auprès du destinataire : boîte fermée, inconnue, ou hors de l’espace de confiance.', en: 'Check the address with the recipient: mailbox closed, unknown, or outside the trust space.' },
    spec: smtp, ...said, issue: 'not-found',
  },
  'mss.refused': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver',
    text: { fr: 'L’opérateur refuse ce courriel ({0} {1}).', en: 'The operator refuses this mail ({0} {1}).' },
    advice: { fr: 'Voyez le code : taille, contenu ou règle de l’opérateur ; corrigez puis rejouez.', en: 'See the code: size, content or a rule of the operator; mend, then replay.' },
    spec: smtp, ...said, issue: 'business-rule',
  },
  'mss.busy': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'L’opérateur demande d’attendre.', en: 'The operator asks to wait.' },
    advice: { fr: 'Rien à faire : le courriel est représenté de lui-même.', en: 'Nothing to do: the mail is presented again by itself.' }, spec: smtp, issue: 'transient',
  },
  'mss.unreachable': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'L’opérateur MSSanté est injoignable : rien n’a été envoyé.', en: 'The MSSanté operator cannot be reached: nothing was sent.' },
    advice: { fr: 'Vérifiez host et port, le réseau, puis l’état du service de l’opérateur.', en: 'Check host and port, the network, then the operator’s service status.' }, spec: ours, issue: 'transient',
  },
  'mss.interrupted': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'La connexion a été perdue avant la fin du courriel : l’opérateur ne l’a pas.', en: 'The connection was lost before the end of the mail: the operator does not have it.' },
    advice: { fr: 'Rien à faire : le courriel est renvoyé de lui-même.', en: 'Nothing to do: the mail is sent again by itself.' }, spec: 'RFC 5321 §4.1.1.4', issue: 'transient',
  },
  'mss.waiting-turn': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'us',
    text: { fr: 'Les connexions permises vers l’opérateur sont toutes prises : rien n’a été envoyé.', en: 'The connections allowed to the operator are all taken: nothing was sent.' },
    advice: { fr: 'Rien à faire ; si cela dure, mettez « concurrency » de la destination au nombre de connexions.', en: 'Nothing to do; if it lasts, set the destination’s “concurrency” to the number of connections.' }, spec: ours,
  },
  'mss.token-unavailable': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver',
    text: { fr: 'Le serveur de jetons (auth.token.url) ne répond pas : rien n’a été envoyé.', en: 'The token server (auth.token.url) does not answer: nothing was sent.' },
    advice: { fr: 'Vérifiez ce serveur et le réseau ; l’envoi reprend de lui-même.', en: 'Check that server and the network; sending resumes by itself.' }, spec: 'RFC 6749 §5', issue: 'transient',
  },
  'mss.no-answer': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver',
    text: { fr: 'Courriel envoyé en entier, réponse de l’opérateur perdue : il l’a peut-être.', en: 'Whole mail sent, operator’s answer lost: it may have it.' },
    advice: { fr: 'Rien à faire : un avis est attendu, puis le courriel repart sous le même Message-ID, signalé comme doublon possible.', en: 'Nothing to do: a notice is awaited, then the mail leaves again under the same Message-ID, flagged as a possible duplicate.' },
    spec: 'RFC 5321 §4.5.3.2.6 ; RFC 1047', issue: 'timeout',
  },
  'mss.not-recognised': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'L’opérateur ne reconnaît pas la passerelle ({0} {1}) : plus rien ne part, rien n’est perdu.', en: 'The operator does not recognise the gateway ({0} {1}): nothing leaves any more, nothing is lost.' },
    advice: { fr: 'Vérifiez le certificat client (tls.pfx), auth, et leurs dates ; l’envoi reprend de lui-même.', en: 'Check the client certificate (tls.pfx), auth, and when they end; sending resumes by itself.' },
    spec: 'RFC 3463 (4.7.x, 5.7.8) ; RFC 4954', issue: 'login',
  },
  'mss.tls': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La connexion TLS avec l’opérateur échoue ({0}) : rien n’a été envoyé.', en: 'The TLS connection with the operator fails ({0}): nothing was sent.' },
    advice: { fr: 'Vérifiez l’autorité IGC-Santé (tls.ca), le nom du serveur, le certificat client et leurs dates.', en: 'Check the IGC-Santé authority (tls.ca), the server’s name, the client certificate and their dates.' },
    spec: `${ref2}, ECO.1.1.1 à 1.1.10`, issue: 'security',
  },
  'mss.credentials': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le certificat ou les identifiants de la destination {0} ne peuvent être lus ({1}).', en: 'The certificate or credentials of destination {0} cannot be read ({1}).' },
    advice: { fr: 'Vérifiez les fichiers ou variables que nomment tls et auth ; l’envoi reprend de lui-même.', en: 'Check the files or variables that tls and auth name; sending resumes by itself.' },
    spec: ours, issue: 'security',
  },
});
