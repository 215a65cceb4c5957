import { faults } from '../fault.ts';

const said = { hl7: { ack: 'AR', err3: 207 }, http: 503, issue: 'transient' } as const;
const refused = { http: 409, issue: 'conflict' } as const;
const none = { spec: '', stage: 'journal', severity: 'error' } as const;

/** Why the journal refuses to open, to write, or to make a move that would break an invariant (design.md §2). */
export const journalFaults = faults({
  'journal.disk-full': {
    ...none, class: 'transient', blame: 'operator', ...said,
    text: { fr: 'Le disque du journal est plein : rien n’a été acquitté.', en: 'The journal’s disk is full: nothing was acknowledged.' },
    advice: { fr: 'Libérez de l’espace sur le disque du dossier de données ; la passerelle reprend d’elle-même.', en: 'Free space on the data folder’s disk; the gateway resumes by itself.' },
  },
  'journal.io': {
    ...none, class: 'transient', blame: 'operator', ...said,
    text: { fr: 'Le journal n’a pas pu lire ou écrire sur le disque ({0}).', en: 'The journal could not read or write its disk ({0}).' },
    advice: { fr: 'Vérifiez le disque et le système de fichiers du dossier de données. Si le détail est « sync », redémarrez ensuite la passerelle : elle n’écrit plus rien d’ici là.', en: 'Check the disk and file system of the data folder. If the detail is “sync”, restart the gateway then: it writes nothing until it is restarted.' },
  },
  'journal.corrupt': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le journal est endommagé : {0}.', en: 'The journal is damaged: {0}.' },
    advice: { fr: 'Arrêtez la passerelle, gardez une copie du dossier et restaurez la dernière sauvegarde.', en: 'Stop the gateway, keep a copy of the folder and restore the last backup.' },
  },
  'journal.read-only': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le dossier de données n’est pas accessible en écriture ({0}).', en: 'The data folder cannot be written ({0}).' },
    advice: { fr: 'Donnez à la passerelle le droit d’écrire dans ce dossier, ou choisissez-en un autre.', en: 'Let the gateway write to this folder, or choose another one.' },
  },
  'journal.locked': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Une autre passerelle utilise déjà ce dossier de données.', en: 'Another gateway already uses this data folder.' },
    advice: { fr: 'Arrêtez l’autre passerelle, ou donnez à celle-ci un dossier à elle.', en: 'Stop the other gateway, or give this one a folder of its own.' },
  },
  'journal.wrong-key': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le trousseau de clés n’est pas celui de ce journal (clé {0}).', en: 'The key ring is not the one of this journal (key {0}).' },
    advice: { fr: 'Donnez le trousseau d’origine ; une rotation ajoute une version sans retirer les précédentes.', en: 'Give the original ring; a rotation adds a version and keeps the earlier ones.' },
  },
  'journal.bad-keys': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le trousseau de clés est illisible : {0}.', en: 'The key ring cannot be read: {0}.' },
    advice: { fr: 'Restaurez le fichier de clés depuis sa copie de sûreté.', en: 'Restore the key file from its safe copy.' },
  },
  'journal.keys-in-data': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le fichier de clés est dans le dossier de données.', en: 'The key file is inside the data folder.' },
    advice: { fr: 'Rangez les clés hors du dossier de données, pour qu’une copie de l’un ne donne pas l’autre.', en: 'Keep the keys outside the data folder, so that a copy of one does not give away the other.' },
  },
  'journal.keys-missing': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le dossier de données contient un journal, mais son fichier de clés est absent.', en: 'The data folder holds a journal, but its key file is missing.' },
    advice: { fr: 'Remettez le fichier de clés d’origine : sans lui le journal ne peut être lu.', en: 'Put the original key file back: without it the journal cannot be read.' },
  },
  'journal.newer': {
    ...none, class: 'configuration', blame: 'operator', ...said,
    text: { fr: 'Le journal vient d’une version plus récente de Passerelle (schéma {0}).', en: 'The journal was made by a newer Passerelle (schema {0}).' },
    advice: { fr: 'Utilisez cette version ou une plus récente.', en: 'Run that version or a newer one.' },
  },
  'journal.closed': {
    ...none, class: 'transient', blame: 'us', ...said,
    text: { fr: 'Le journal est fermé : la passerelle s’arrête.', en: 'The journal is closed: the gateway is stopping.' },
    advice: { fr: 'Renvoyez le message après le redémarrage.', en: 'Send the message again after the restart.' },
  },
  'journal.repeat': {
    ...none, class: 'permanent', blame: 'sender', ...said,
    text: { fr: 'Ce numéro de message est déjà connu de cette source.', en: 'This control id is already known from this source.' },
    advice: { fr: 'Redemandez la réponse enregistrée.', en: 'Ask for the stored answer again.' },
  },
  'journal.stale-plan': {
    ...none, class: 'transient', blame: 'us', ...said,
    text: { fr: 'Un autre message a changé entre-temps ce que l’on sait de ce patient ou de ce document.', en: 'Another message has meanwhile changed what is known of this patient or document.' },
    advice: { fr: 'Renvoyez le message.', en: 'Send the message again.' },
  },
  'journal.asked-since': {
    ...none, class: 'transient', blame: 'us',
    text: { fr: 'Un autre émetteur attend la même remise ({0}) depuis que ses réponses ont été préparées.', en: 'Another sender has asked for the same delivery ({0}) since its answers were made.' },
    advice: { fr: 'Rien à faire : les réponses sont préparées à nouveau.', en: 'Nothing to do: the answers are made again.' },
  },
  'journal.misuse': {
    ...none, class: 'permanent', blame: 'us', http: 500, issue: 'exception',
    text: { fr: 'Appel incorrect du journal : {0}.', en: 'Wrong call of the journal: {0}.' },
    advice: { fr: 'Signalez ce défaut aux mainteneurs de Passerelle.', en: 'Report this defect to the maintainers of Passerelle.' },
  },
  'journal.unknown': {
    ...none, class: 'permanent', blame: 'operator', http: 404, issue: 'not-found',
    text: { fr: 'Le journal ne connaît pas {0}.', en: 'The journal does not know {0}.' },
    advice: { fr: 'Vérifiez le numéro ; ce qui a dépassé la rétention est effacé.', en: 'Check the number; what is past its retention is erased.' },
  },
  'journal.not-in-pipeline': {
    ...none, class: 'permanent', blame: 'us', ...refused,
    text: { fr: 'Le message {0} a déjà son plan ou est en quarantaine.', en: 'Message {0} already has its plan or is quarantined.' },
    advice: { fr: 'Rien à faire : le plan enregistré fait foi.', en: 'Nothing to do: the stored plan stands.' },
  },
  'journal.not-quarantined': {
    ...none, class: 'permanent', blame: 'operator', ...refused,
    text: { fr: 'Le message {0} n’est pas en quarantaine : il a son plan.', en: 'Message {0} is not quarantined: it has its plan.' },
    advice: { fr: 'Pour remettre à nouveau, rejouez l’un de ses envois (« messages show », puis « messages replay »).', en: 'To deliver again, replay one of its deliveries ("messages show", then "messages replay").' },
  },
  'journal.not-final': {
    stage: 'journal', severity: 'error', class: 'permanent', blame: 'operator',
    text: { fr: 'L’envoi {0} n’est pas terminé : il ne peut pas être rejoué.', en: 'Delivery {0} is not final: it cannot be replayed.' },
    advice: { fr: 'Libérez-le ou abandonnez-le d’abord.', en: 'Release or abandon it first.' },
    spec: 'Passerelle invariant 8', http: 409, issue: 'conflict',
  },
  'journal.final': {
    ...none, class: 'permanent', blame: 'operator', ...refused,
    text: { fr: 'La livraison {0} est terminée et ne change plus.', en: 'Delivery {0} is final and no longer changes.' },
    advice: { fr: 'Rejouez le message pour livrer de nouveau.', en: 'Replay the message to deliver again.' },
  },
  'journal.in-flight': {
    ...none, class: 'transient', blame: 'operator', ...refused,
    text: { fr: 'Un envoi de la livraison {0} est en cours.', en: 'An attempt of delivery {0} is under way.' },
    advice: { fr: 'Recommencez quand l’envoi en cours aura sa réponse.', en: 'Try again once that attempt has its answer.' },
  },
  'journal.not-waiting': {
    ...none, class: 'permanent', blame: 'us', ...refused,
    text: { fr: 'La livraison {0} n’est pas en attente.', en: 'Delivery {0} is not waiting.' },
    advice: { fr: 'Relisez son état avant d’agir.', en: 'Read its state again before acting.' },
  },
  'journal.frozen': {
    ...none, class: 'permanent', blame: 'us', ...refused,
    text: { fr: 'L’enveloppe de la livraison {0} est déjà figée.', en: 'The envelope of delivery {0} is already frozen.' },
    advice: { fr: 'Chaque tentative envoie l’enveloppe enregistrée.', en: 'Every attempt sends the stored envelope.' },
  },
  'journal.exists': {
    ...none, class: 'configuration', blame: 'operator', ...refused,
    text: { fr: 'Il y a déjà un fichier à cet endroit ({0}).', en: 'There is already a file there ({0}).' },
    advice: { fr: 'Choisissez un autre nom ou un dossier vide : rien n’est écrasé.', en: 'Choose another name or an empty folder: nothing is overwritten.' },
  },
});
