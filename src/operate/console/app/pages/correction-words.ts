import { both } from '../words/language.tsx';

export const correctionWords = both({
  try: 'Voir à qui elle partirait', tryFirst: 'Avant d’envoyer : voyez à qui la copie partirait. Ce n’est possible qu’une fois vu, pour ce texte-ci.',
  to: 'À qui la copie partirait', nobody: 'À personne : aucun envoi n’en sortirait.', destination: 'Destination', recipient: 'Destinataire', itself: 'la plateforme elle-même', action: 'Acte', state: 'Devenir', why: 'Pourquoi',
  states: { planned: 'partira', held: 'sera retenu', refused: 'sera refusé' },
  closes: (what: string) => `Clos, parce qu’ils attendent encore de l’original : ${what}.`, closesNothing: 'Rien de l’original n’attend : ce qu’il a déjà livré reste livré chez les destinataires, la copie s’y ajoute.',
  otherPerson: 'La copie porte un autre patient que l’original : vérifiez les deux identités.', second: 'Une autre personne devra l’approuver (page Retenus) avant que rien ne parte.',
  changes: 'Ce que la correction change', was: 'Avant', becomes: 'Après', line: (n: string) => `à partir de la ligne ${n}`, nothing: '(rien)', lost: 'L’original a passé sa durée de conservation : voici la copie entière.',
  review: 'Relire', reviewTitle: 'Relire une correction', reviewThen: 'Les données du patient s’affichent : ce que la correction change et à qui elle partirait. Votre nom, l’heure et le motif restent dans le journal d’audit et sur le message.',
  approve: 'Approuver et envoyer', approveTitle: 'Approuver une correction', approveThen: (trace: string) => `La copie corrigée du message ${trace} entre comme un nouveau message, et ses envois partent. Vous en répondez avec la personne qui a corrigé.`,
  own: 'C’est votre correction : une autre personne doit l’approuver.', drop: 'Écarter', dropTitle: 'Écarter une correction', dropThen: 'La correction est effacée et ne partira jamais ; l’original reste tel qu’il est.',
}, {
  try: 'See whom it would go to', tryFirst: 'Before it is sent: see whom the copy would go to. It can be sent only once that was seen, for this very text.',
  to: 'Whom the copy would go to', nobody: 'Nobody: no delivery would come of it.', destination: 'Destination', recipient: 'Recipient', itself: 'the platform itself', action: 'Act', state: 'What becomes of it', why: 'Why',
  states: { planned: 'will leave', held: 'will be held', refused: 'will be refused' },
  closes: (what: string) => `Closed, as they still wait of the original: ${what}.`, closesNothing: 'Nothing of the original waits: what it delivered stays with its receivers, and the copy is added to it.',
  otherPerson: 'The copy is about another patient than the original: check both identities.', second: 'Somebody else must approve it (page Held) before anything leaves.',
  changes: 'What the correction changes', was: 'Before', becomes: 'After', line: (n: string) => `from line ${n}`, nothing: '(nothing)', lost: 'The original is past its retention: here is the whole copy.',
  review: 'Read over', reviewTitle: 'Read a correction over', reviewThen: 'The patient’s data are shown: what the correction changes and whom it would go to. Your name, the time and the reason stay in the audit log and on the message.',
  approve: 'Approve and send', approveTitle: 'Approve a correction', approveThen: (trace: string) => `The corrected copy of message ${trace} goes in as a new message, and its deliveries leave. You answer for it with who corrected it.`,
  own: 'This is your own correction: somebody else must approve it.', drop: 'Drop', dropTitle: 'Drop a correction', dropThen: 'The correction is erased and will never leave; the original stays as it is.',
});
