import { both } from '../words/language.tsx';

export const heldWords = both({
  title: 'Retenus', intro: 'Ce qui attend une personne : rien ne part tant que personne n’en décide, sauf ce qu’un fait nouveau libère.',
  groups: 'Par cause', group: 'Cause', count: 'Nombre', filterBy: (count: string, destination: string) => `Montrer les ${count} de ${destination}`, clear: 'Tout montrer',
  deliveries: 'Envois retenus', message: 'Message', destination: 'Destination', source: 'Source', cause: 'Cause et conduite', since: 'Depuis', deadline: 'Abandon d’office', acts: 'Actions', byItself: 'peut partir de lui-même', doubt: 'un essai a pu aboutir', more: 'Charger la suite', total: (count: string) => `${count} en tout`,
  empty: 'Rien n’est retenu dans votre périmètre.',
  quarantined: 'Messages en quarantaine', quarantinedText: 'Leur traitement a échoué ; l’émetteur en a été averti. Ouvrez-les pour voir pourquoi et les planifier de nouveau.', received: 'Reçu', type: 'Type', noQuarantine: 'Aucun.',
  corrections: 'Corrections à approuver', correctionsText: 'Une autre personne que celle qui a corrigé doit donner son accord.', by: 'Par', why: 'Motif', at: 'Quand',
}, {
  title: 'Held', intro: 'What waits for a person: nothing leaves until somebody decides, but for what a new fact lets go.',
  groups: 'By cause', group: 'Cause', count: 'Count', filterBy: (count: string, destination: string) => `Show the ${count} of ${destination}`, clear: 'Show all',
  deliveries: 'Deliveries held', message: 'Message', destination: 'Destination', source: 'Source', cause: 'Cause and what to do', since: 'Since', deadline: 'Given up on', acts: 'Acts', byItself: 'may leave by itself', doubt: 'an attempt may have succeeded', more: 'Load more', total: (count: string) => `${count} in all`,
  empty: 'Nothing is held within your scope.',
  quarantined: 'Messages in quarantine', quarantinedText: 'Their processing failed; the sender was told. Open them to see why and to plan them again.', received: 'Received', type: 'Type', noQuarantine: 'None.',
  corrections: 'Corrections to approve', correctionsText: 'Somebody else than who corrected must agree.', by: 'By', why: 'Reason', at: 'When',
});
