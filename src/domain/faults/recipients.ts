import { faults } from '../fault.ts';

const rules = 'mss.md §5.3';
const held = { stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'operator', spec: rules } as const;
const file = { stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator' } as const;

/** Why a mailbox is not chosen for a recipient named without an address, and what is wrong with the lists it is chosen from. */
export const recipientsFaults = faults({
  'recipients.unidentified': {
    ...held, text: { fr: 'Retenu : le destinataire n’a ni adresse, ni RPPS, ni numéro de structure.', en: 'Held: the recipient has no address, no RPPS and no structure number.' },
    advice: { fr: 'Demandez à l’émetteur de renseigner l’adresse (PRT-15.4) ou le RPPS, puis abandonnez cette remise.', en: 'Ask the sender to give the address (PRT-15.4) or the RPPS, then abandon this delivery.' },
  },
  'recipients.ambiguous': {
    ...held, text: { fr: 'Retenu : plusieurs boîtes aux lettres conviennent à ce destinataire ; aucune n’est choisie à votre place.', en: 'Held: several mailboxes suit this recipient; none is chosen in your place.' },
    advice: { fr: 'Précisez le service de la structure dans « recipients.services », puis relâchez la remise ; ou demandez l’adresse à l’émetteur.', en: 'Name the structure’s service in "recipients.services", then release the delivery; or ask the sender for the address.' },
  },
  'recipients.same-mailbox': {
    ...held, text: { fr: 'Retenu : la boîte trouvée est celle d’un destinataire du message {0}, à qui le même courriel part déjà.', en: 'Held: the mailbox found is that of a recipient of message {0}, to whom the same mail leaves already.' },
    advice: { fr: 'Rien à envoyer de plus : abandonnez cette remise.', en: 'Nothing more to send: abandon this delivery.' },
  },
  'recipients.no-agreement': {
    ...held, text: { fr: 'Retenu : le destinataire est un logiciel, et aucune boîte n’est convenue avec sa structure.', en: 'Held: the recipient is software, and no mailbox is agreed upon with its structure.' },
    advice: { fr: 'Renseignez la boîte convenue dans « recipients.applications », puis relâchez la remise ; ou demandez l’adresse à l’émetteur.', en: 'Write the mailbox agreed upon in "recipients.applications", then release the delivery; or ask the sender for the address.' },
  },
  'recipients.not-found': {
    ...held, text: { fr: 'Retenu : l’annuaire ne publie aucune boîte MSSanté pour ce destinataire. Il peut en avoir une (liste rouge).', en: 'Held: the directory publishes no MSSanté mailbox for this recipient. There may be one all the same (unlisted).' },
    advice: { fr: 'Demandez-lui son adresse et faites-la renseigner par l’émetteur ; jamais un courriel ordinaire.', en: 'Ask for the address and have the sender fill it in; never an ordinary e-mail.' },
  },
  'recipients.gone': {
    ...held, text: { fr: 'Retenu : le destinataire n’est plus actif dans l’annuaire.', en: 'Held: the recipient is no longer active in the directory.' },
    advice: { fr: 'Vérifiez avec l’émetteur à qui le résultat doit aller.', en: 'Check with the sender whom the result must go to.' },
  },
  'recipients.outside-trust-space': {
    ...held, text: { fr: 'Retenu : la boîte du destinataire n’est pas dans l’espace de confiance MSSanté ; l’opérateur la refuserait.', en: 'Held: the recipient’s mailbox is not in the MSSanté trust space; the operator would refuse it.' },
    advice: { fr: 'Vérifiez que la liste blanche est à jour, puis relâchez la remise.', en: 'Check that the list of domains is up to date, then release the delivery.' },
  },
  'recipients.reply-to-patient': {
    ...held, blame: 'sender', text: { fr: 'Retenu : l’adresse de réponse est celle d’un patient ; la réponse d’un professionnel ne va pas dans une boîte de patient.', en: 'Held: the reply address is a patient’s; a professional’s answer does not go to a patient’s mailbox.' },
    advice: { fr: 'Faites corriger le PRT REPLY par l’émetteur, qui renverra le document, puis abandonnez cette remise.', en: 'Have the sender mend PRT REPLY and send the document again, then abandon this delivery.' },
  },
  'recipients.reply-outside': {
    ...held, blame: 'sender', text: { fr: 'Retenu : l’adresse de réponse n’est pas une boîte MSSanté ; une réponse porterait des données de santé hors de l’espace de confiance.', en: 'Held: the reply address is no MSSanté mailbox; an answer would take health data out of the trust space.' },
    advice: { fr: 'Faites corriger le PRT REPLY par l’émetteur, ou vérifiez la liste blanche, puis relâchez la remise.', en: 'Have the sender mend PRT REPLY, or check the list of domains, then release the delivery.' },
  },
  'recipients.no-trust-list': {
    ...held, class: 'configuration', text: { fr: 'Retenu : la liste blanche MSSanté configurée n’a jamais pu être lue ; rien ne part sans elle.', en: 'Held: the configured MSSanté list of domains could never be read; nothing leaves without it.' },
    advice: { fr: 'Mettez une liste lisible à l’endroit que nomme « recipients.whitelist », puis relâchez les remises.', en: 'Put a readable list where "recipients.whitelist" says, then release the deliveries.' },
  },
  'recipients.no-directory': {
    ...held, class: 'configuration', text: { fr: 'Retenu : le destinataire n’a pas d’adresse, et aucun annuaire n’est configuré.', en: 'Held: the recipient has no address, and no directory is configured.' },
    advice: { fr: 'Renseignez « recipients » dans les réglages de la destination, puis relâchez la remise.', en: 'Fill in "recipients" in the destination’s settings, then release the delivery.' },
  },
  'recipients.patient-unqualified': {
    ...held, blame: 'sender', spec: 'Référentiel socle MSSanté #2, ECO.2.2.6',
    text: { fr: 'Retenu : l’adresse d’un patient ne se déduit que d’un INS qualifié.', en: 'Held: a patient’s address is made of a qualified INS only.' },
    advice: { fr: 'Qualifiez l’identité chez l’émetteur, qui renverra le document.', en: 'Have the identity qualified by the sender, who sends the document again.' },
  },
  'recipients.paper-wanted': {
    ...held, severity: 'information', text: { fr: 'Le destinataire déclare dans l’annuaire ne pas vouloir de résultats dématérialisés.', en: 'The recipient says in the directory that no paper-free results are wanted.' },
    advice: { fr: 'Prévoyez aussi un envoi papier.', en: 'Send it on paper too.' },
  },
  'recipients.directory-busy': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: 'mss.md §5.1',
    text: { fr: 'L’annuaire ne répond pas ou demande d’attendre : l’envoi attend, les autres partent.', en: 'The directory does not answer or asks to wait: this sending waits, the others leave.' },
    advice: { fr: 'Rien à faire : il est interrogé à nouveau de lui-même.', en: 'Nothing to do: it is asked again by itself.' },
  },
  'recipients.directory-refused': {
    ...file, spec: 'mss.md §5.1', text: { fr: 'L’annuaire refuse la question (HTTP {0}).', en: 'The directory refuses the question (HTTP {0}).' },
    advice: { fr: 'Vérifiez l’adresse et la clé « ESANTE-API-KEY » de l’annuaire.', en: 'Check the directory’s address and its "ESANTE-API-KEY".' },
  },
  'recipients.not-brought': {
    ...file, class: 'transient', spec: 'mss.md §1, §5.2', text: { fr: 'Une liste de « recipients.download » n’a pas pu être téléchargée ({0}) ; la dernière bonne reste utilisée.', en: 'A list of "recipients.download" could not be downloaded ({0}); the last good one stays in use.' },
    advice: { fr: 'Vérifiez l’adresse, l’autorité (ca : IGC-Santé) et le réseau ; elle est redemandée à chaque échéance.', en: 'Check the address, the authority (ca: IGC-Santé) and the network; it is asked for again each time it is due.' },
  },
  'recipients.file-unusable': {
    ...file, spec: 'mss.md §5.2', text: { fr: 'L’extraction de l’annuaire ne peut pas être lue ({0}) ; la dernière bonne reste utilisée.', en: 'The directory’s extraction cannot be read ({0}); the last good one stays in use.' },
    advice: { fr: 'Téléchargez-la de nouveau et remplacez le fichier par renommage.', en: 'Download it again and replace the file by renaming.' },
  },
  'recipients.file-shrunk': {
    ...file, spec: 'mss.md §5.2', text: { fr: 'L’extraction de l’annuaire a perdu plus d’un cinquième de ses lignes ; la dernière bonne reste utilisée.', en: 'The directory’s extraction lost more than a fifth of its lines; the last good one stays in use.' },
    advice: { fr: 'Vérifiez le téléchargement ; si la perte est réelle, effacez la copie gardée (.good) puis redémarrez.', en: 'Check the download; if the loss is real, delete the kept copy (.good) and restart.' },
  },
  'recipients.whitelist-unreadable': {
    ...file, spec: 'mss.md §1', text: { fr: 'La liste blanche MSSanté ne peut pas être lue ou est coupée ; la dernière bonne reste utilisée.', en: 'The MSSanté list of domains cannot be read or is cut; the last good one stays in use.' },
    advice: { fr: 'Téléchargez-la de nouveau.', en: 'Download it again.' },
  },
  'recipients.whitelist-older': {
    ...file, spec: 'mss.md §1', text: { fr: 'La liste blanche MSSanté est plus ancienne que celle en usage, qui reste.', en: 'The MSSanté list of domains is older than the one in use, which stays.' },
    advice: { fr: 'Téléchargez la plus récente.', en: 'Download the newest.' },
  },
  'recipients.whitelist-shrunk': {
    ...file, spec: 'mss.md §1', text: { fr: 'La liste blanche MSSanté a perdu plus d’un cinquième de ses domaines ; la dernière bonne reste utilisée.', en: 'The MSSanté list of domains lost more than a fifth of its domains; the last good one stays in use.' },
    advice: { fr: 'Vérifiez le téléchargement ; si la perte est réelle, effacez la copie gardée puis redémarrez.', en: 'Check the download; if the loss is real, delete the kept copy and restart.' },
  },
});
