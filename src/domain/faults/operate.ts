import { faults } from '../fault.ts';

const refusal = { stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: '' } as const;

/** What an operator's act is refused for, besides what a delivery itself refuses. */
export const operateFaults = faults({
  'operate.reason-needed': {
    ...refusal, http: 400, issue: 'required',
    text: { fr: 'Un motif est nécessaire pour montrer le contenu d’un message', en: 'A reason is needed to show a message’s content' },
    advice: { fr: 'Donner un motif de dix caractères au moins ; il est gardé avec votre nom', en: 'Give a reason of ten characters at least; it is kept with your name' },
  },
  'operate.grant-ended': {
    ...refusal, http: 403, issue: 'forbidden',
    text: { fr: 'Le droit de voir ce message est terminé, ou n’est pas le vôtre', en: 'The right to look at this message has ended, or is not yours' },
    advice: { fr: 'Donner de nouveau un motif', en: 'Give a reason again' },
  },
  'operate.second-person': {
    ...refusal, http: 403, issue: 'forbidden',
    text: { fr: 'Une autre personne que celle qui l’a demandé doit l’approuver', en: 'Somebody other than who asked for it must approve it' },
    advice: { fr: 'Prévenir un second opérateur', en: 'Tell a second operator' },
  },
  'operate.file-newer': {
    ...refusal, class: 'configuration',
    text: { fr: 'Le fichier {0} vient d’une version plus récente de Passerelle (schéma {1}, celle-ci connaît {2})', en: 'The file {0} was made by a newer Passerelle (schema {1}, this one knows {2})' },
    advice: { fr: 'Rien n’y a été changé : utiliser cette version ou une plus récente, ou restaurer la sauvegarde faite avant la mise à jour', en: 'Nothing in it was changed: run that version or a newer one, or restore the backup made before the update' },
  },
  'operate.file-other': {
    ...refusal, class: 'configuration',
    text: { fr: 'Le fichier {0} n’est pas d’une version que celle-ci sait lire (schéma annoncé {1}, celle-ci connaît {2})', en: 'The file {0} is of no version that this one can read (schema {1} by its number, this one knows {2})' },
    advice: { fr: 'Rien n’y a été changé : le restaurer d’une sauvegarde, ou le garder ailleurs et repartir sans lui ; pour audit.sqlite, prévenir d’abord le responsable de la sécurité', en: 'Nothing in it was changed: restore it from a backup, or keep it elsewhere and begin without it; for audit.sqlite, tell the security officer first' },
  },
  'operate.replay-empty': {
    ...refusal, http: 409, issue: 'not-found',
    text: { fr: 'Aucun envoi terminé ne correspond à ce choix', en: 'No final delivery matches this selection' },
    advice: { fr: 'Élargir les dates ou l’état ; ce qui attend encore n’est pas rejoué', en: 'Widen the dates or the state; what still waits is not replayed' },
  },
  'operate.replay-too-many': {
    ...refusal, http: 409, issue: 'too-costly',
    text: { fr: 'Plus de {0} envois correspondent à ce choix', en: 'More than {0} deliveries match this selection' },
    advice: { fr: 'Restreindre le choix, ou relever le plafond en connaissance de cause', en: 'Narrow the selection, or raise the cap knowingly' },
  },
  'operate.replay-too-broad': {
    ...refusal, http: 400, issue: 'too-costly',
    text: { fr: 'Ce choix parcourt trop de messages', en: 'This selection goes through too many messages' },
    advice: { fr: 'Donner une date de début et de fin', en: 'Give a date of beginning and of end' },
  },
  'operate.replay-state': {
    ...refusal, http: 409, issue: 'conflict',
    text: { fr: 'Le plan est dans l’état « {0} » : cela n’y est pas possible', en: 'The plan is in state "{0}": this is not possible there' },
    advice: { fr: 'Relire le plan', en: 'Look at the plan again' },
  },
  'operate.replay-not-final': {
    ...refusal, severity: 'information', http: 409, issue: 'conflict',
    text: { fr: 'Passé : l’envoi n’était plus terminé, ou son contenu n’est plus gardé', en: 'Skipped: the delivery was no longer final, or its content is kept no more' },
    advice: { fr: 'Voir l’histoire du message', en: 'See the message’s story' },
  },
  'operate.replay-corrected': {
    ...refusal, http: 409, issue: 'conflict',
    text: { fr: 'Le message a été corrigé : l’envoi d’origine n’est pas rejoué', en: 'The message was corrected: the original’s delivery is not replayed' },
    advice: { fr: 'Rejouer, au besoin, les envois de la copie corrigée', en: 'Replay the corrected copy’s deliveries if need be' },
  },
  'operate.replay-again': {
    ...refusal, http: 409, issue: 'duplicate',
    text: { fr: 'Cet envoi a déjà été rejoué, et ce rejeu est parti ou va partir', en: 'This delivery was replayed already, and that replay has left or is about to' },
    advice: { fr: 'Suivre le dernier rejeu dans l’histoire du message ; c’est lui qui peut être rejoué', en: 'Follow the last replay in the message’s story; that one may be replayed' },
  },
  'operate.replay-acknowledgement': {
    ...refusal, http: 409, issue: 'not-supported',
    text: { fr: 'Un acquittement n’est pas rejoué : l’émetteur prendrait l’ancienne réponse pour une nouvelle', en: 'An acknowledgement is not replayed: the sender would take the old answer for a new one' },
    advice: { fr: 'Rejouer, au besoin, l’envoi dont il rend compte : sa fin sera acquittée à son tour', en: 'Replay the delivery it tells of if need be: its end is acknowledged in turn' },
  },
  'operate.correction-format': {
    ...refusal, http: 409, issue: 'not-supported',
    text: { fr: 'Ce message ne peut être corrigé : il n’est plus gardé, ou n’est pas un message d’une source', en: 'This message cannot be corrected: it is kept no more, or is no message of a source' },
    advice: { fr: 'Demander à l’émetteur de le renvoyer corrigé', en: 'Ask its sender to send it again corrected' },
  },
  'operate.correction-done': {
    ...refusal, http: 409, issue: 'conflict',
    text: { fr: 'Ce message a déjà été corrigé', en: 'This message was corrected already' },
    advice: { fr: 'Corriger la copie que nomme son histoire', en: 'Correct the copy that its story names' },
  },
  'operate.correction-under-way': {
    ...refusal, http: 409, issue: 'conflict',
    text: { fr: 'Cette correction est déjà en cours d’approbation', en: 'This correction is being approved already' },
    advice: { fr: 'Relire l’histoire du message', en: 'Look at the message’s story again' },
  },
  'operate.correction-other-person': {
    ...refusal, http: 403, issue: 'forbidden',
    text: { fr: 'Le texte corrigé désigne une autre personne que l’original : une seconde personne doit l’approuver', en: 'The corrected text names another person than the original: a second person must approve it' },
    advice: { fr: 'Prévenir un second opérateur', en: 'Tell a second operator' },
  },
  'operate.whole-message': {
    ...refusal, http: 403, issue: 'forbidden',
    text: { fr: 'Cet acte agit sur toutes les destinations du message, et votre compte n’en voit que certaines', en: 'This act is on all of the message’s destinations, and your account sees some of them only' },
    advice: { fr: 'Le demander à un opérateur de toutes les destinations', en: 'Ask an operator of all destinations' },
  },
  'operate.correction-unchanged': {
    ...refusal, http: 400, issue: 'business-rule',
    text: { fr: 'Le texte est celui du message : rien n’est corrigé', en: 'The text is the message’s own: nothing is corrected' },
    advice: { fr: 'Pour l’envoyer de nouveau tel quel, le rejouer', en: 'To send it again as it is, replay it' },
  },
  'operate.correction-charset': {
    ...refusal, http: 400, issue: 'value',
    text: { fr: 'Le texte corrigé a un caractère que le jeu {0} du message ne peut porter', en: 'The corrected text has a character that the message’s set {0} cannot carry' },
    advice: { fr: 'Écrire sans ce caractère', en: 'Write it without that character' },
  },
  'operate.correction-refused': {
    ...refusal, http: 409, issue: 'business-rule',
    text: { fr: 'Corrigé ainsi, le message serait refusé ({0}) : {1}', en: 'Corrected so, the message would be refused ({0}): {1}' },
    advice: { fr: 'Corriger aussi ce qui est dit ; rien n’a été changé ni envoyé', en: 'Mend what is said as well; nothing was changed or sent' },
  },
  'operate.correction-not-taken': {
    ...refusal, class: 'transient', http: 503, issue: 'transient',
    text: { fr: 'La copie corrigée n’a pu entrer ({0}) ; ce qui attendait de l’original est clos', en: 'The corrected copy could not come in ({0}); what waited of the original is closed' },
    advice: { fr: 'Renvoyer la correction : elle est possible encore', en: 'Send the correction again: it is still possible' },
  },
  'operate.corrected': {
    stage: 'operate', severity: 'information', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'Clos par un opérateur : une copie corrigée du message l’a remplacé', en: 'Closed by an operator: a corrected copy of the message took its place' },
    advice: { fr: 'Suivre la copie corrigée', en: 'Follow the corrected copy' }, hl7: { ack: 'AE', err3: 207 },
  },
});
