import { faults } from '../fault.ts';

const dsn = 'RFC 3464 §2.3.3', mdn = 'RFC 8098 §3.2.6', lps = 'CI-SIS Transmission d’un document CDA par MSSanté vers le LPS 1.1, annexe MDN';

/** What notices on earlier mails say, and why some are kept without effect. Severity is what an operator sees beside a delivery. */
export const noticeFaults = faults({
  'notice.relayed': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'receiver', spec: dsn,
    text: { fr: 'Courriel remis à un système qui ne rend plus compte de la suite (DSN relayed ou expanded).', en: 'Mail handed to a system that tells no more (DSN relayed or expanded).' },
    advice: { fr: 'Rien à faire ; un avis d’échec ultérieur serait pris en compte.', en: 'Nothing to do; a later notice of failure would be taken into account.' },
  },
  'notice.delivered': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'receiver', spec: dsn,
    text: { fr: 'Courriel remis dans la boîte du destinataire (DSN delivered).', en: 'Mail delivered to the recipient’s mailbox (DSN delivered).' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  },
  'notice.failed': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: dsn,
    text: { fr: 'Courriel non remis : l’opérateur a renvoyé un avis d’échec (DSN failed).', en: 'Mail not delivered: the operator sent a notice of failure (DSN failed).' },
    advice: { fr: 'Vérifiez l’adresse du destinataire dans l’annuaire, prévenez l’émetteur, puis rejouez vers la bonne adresse.', en: 'Check the recipient’s address in the directory, tell the sender, then send to the right address.' },
  },
  'notice.delayed': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'receiver', spec: dsn,
    text: { fr: 'Remise retardée : l’opérateur essaie encore (DSN delayed).', en: 'Delivery delayed: the operator still tries (DSN delayed).' },
    advice: { fr: 'Rien à faire : un avis final suivra.', en: 'Nothing to do: a final notice will follow.' },
  },
  'notice.received': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'receiver', spec: mdn,
    text: { fr: 'Courriel reçu par le destinataire ; l’avis ne dit pas s’il a été lu.', en: 'Mail received by the recipient; the notice does not say whether it was read.' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  },
  'notice.read': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'receiver', spec: mdn,
    text: { fr: 'Courriel affiché au destinataire (MDN displayed).', en: 'Mail displayed to the recipient (MDN displayed).' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  },
  'notice.processed': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'receiver', spec: mdn,
    text: { fr: 'Courriel intégré par le système du destinataire (MDN processed).', en: 'Mail taken in by the recipient’s system (MDN processed).' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  },
  'notice.deleted': {
    stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'receiver', spec: mdn, hl7: { ack: 'AE', err3: 207, err5: 906 },
    text: { fr: 'Courriel supprimé par le destinataire, peut-être sans avoir été lu (MDN deleted).', en: 'Mail deleted by the recipient, perhaps unread (MDN deleted).' },
    advice: { fr: 'Si le résultat est urgent, joignez le destinataire par un autre moyen.', en: 'If the result is urgent, reach the recipient by other means.' },
  },
  'notice.not-integrated': {
    stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'receiver', spec: lps, hl7: { ack: 'AE', err3: 207, err5: 906 },
    text: { fr: 'Courriel reçu, mais le système du destinataire n’a pas intégré le document.', en: 'Mail received, but the recipient’s system did not integrate the document.' },
    advice: { fr: 'Voyez le code d’erreur dans l’avis (messages show), corrigez l’identité ou le document, puis renvoyez.', en: 'See the error code in the notice (messages show), mend the identity or the document, then send again.' },
  },
  'notice.already-known': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'receiver', spec: 'mss.md §9.1',
    text: { fr: 'Avis sans effet : un avis au moins aussi probant est déjà connu, ou la remise a été close par une personne.', en: 'Notice without effect: one that proves at least as much is known already, or a person closed the delivery.' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  },
  'notice.unknown-mail': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'receiver', spec: 'RFC 3464 §2.2.1 ; RFC 8098 §3.2.5',
    text: { fr: 'Avis étranger : aucun courriel connu ne porte ses identifiants. Conservé, sans effet.', en: 'Foreign notice: no known mail has its identifiers. Kept, without effect.' },
    advice: { fr: 'S’il concerne un envoi ancien ou fait par un autre logiciel depuis la même boîte, rien à faire.', en: 'If it is about an old mail, or one another program sent from the same mailbox, nothing to do.' },
  },
  'notice.approximate': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'receiver', spec: 'RFC 8098 §3.2.5',
    text: { fr: 'Avis sans identifiant du courriel d’origine : seul l’objet le désigne, ce qui ne suffit pas. Conservé, sans effet.', en: 'Notice without an identifier of the original mail: only the subject names it, which is not enough. Kept, without effect.' },
    advice: { fr: 'Lisez-le (messages show) et traitez la remise concernée à la main.', en: 'Read it (messages show) and handle the delivery it is about by hand.' },
  },
  'notice.other-recipient': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'receiver', spec: 'RFC 3464 §2.3.2 ; RFC 8098 §3.2.4',
    text: { fr: 'Avis étranger : il parle d’un destinataire à qui ce courriel n’a pas été adressé. Conservé, sans effet.', en: 'Foreign notice: it is about a recipient this mail was not sent to. Kept, without effect.' },
    advice: { fr: 'Un transfert entre boîtes en est la cause ordinaire : vérifiez auprès du destinataire si la lecture importe.', en: 'A forwarding between mailboxes is the usual cause: ask the recipient if the reading matters.' },
  },
  'notice.untrusted-sender': {
    stage: 'route', severity: 'warning', class: 'configuration', blame: 'operator', spec: 'Référentiel socle MSSanté, espace de confiance',
    text: { fr: 'Avis conservé sans effet : son expéditeur n’est pas de ceux qui peuvent le dire (domaine du destinataire ; pour une remise, serveurs de confiance).', en: 'Notice kept without effect: its sender is none of those who can tell (the recipient’s domain; for a delivery, trusted servers).' },
    advice: { fr: 'Si c’est un avis de remise du serveur de votre opérateur, ajoutez son domaine à « noticesFrom » de la source.', en: 'If it is a delivery notice of your operator’s server, add its domain to the source’s "noticesFrom".' },
  },
  'notice.unreadable': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'receiver', spec: 'RFC 3464 ; RFC 8098',
    text: { fr: 'Avis illisible : aucune action ni disposition n’y est dite. Conservé pour une personne.', en: 'Unreadable notice: it tells no action or disposition. Kept for a person.' },
    advice: { fr: 'Lisez-le (messages show) et traitez-le à la main.', en: 'Read it (messages show) and handle it by hand.' },
  },
  'notice.for-a-person': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'operator', spec: 'mss.md §9.2',
    text: { fr: 'Courriel qui n’est pas un avis : conservé pour une personne.', en: 'Mail that is no notice: kept for a person.' },
    advice: { fr: 'Lisez-le (messages show) et transmettez-le à qui il s’adresse.', en: 'Read it (messages show) and pass it on to whom it is meant for.' },
  },
  'notice.patient-answer': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'operator', spec: 'mss.md §4',
    text: { fr: 'Réponse d’un patient (Mon espace santé) : conservée pour une personne.', en: 'Answer of a patient (Mon espace santé): kept for a person.' },
    advice: { fr: 'Transmettez-la au service qui a écrit au patient ; « X-MSS-MES: FIN » empêche les réponses.', en: 'Pass it on to the service that wrote to the patient; "X-MSS-MES: FIN" prevents answers.' },
  },
  'notice.auto-reply': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'receiver', spec: 'RFC 3834',
    text: { fr: 'Réponse automatique (absence…) : conservée, sans effet.', en: 'Automatic answer (absence…): kept, without effect.' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
  },
});
