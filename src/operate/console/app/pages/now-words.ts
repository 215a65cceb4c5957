import { both } from '../words/language.tsx';

export const nowWords = both({
  title: 'Maintenant', asOf: (time: string) => `à ${time}`,
  journalPaused: 'Le journal refuse les écritures : les envois attendent. Voyez le disque, puis « passerelle doctor ».',
  waiting: 'En attente de départ', oldest: 'Le plus ancien', held: 'Retenus pour une personne', quarantined: 'En quarantaine', perMinute: 'Messages par minute', incidents: 'Incidents ouverts',
  seeHeld: 'Voir ce qui est retenu', seeIncidents: 'Voir les incidents', noIncident: 'Aucun incident ouvert.', acknowledged: (by: string) => `pris en charge par ${by}`, inMaintenance: 'maintenance',
  flow: 'Messages reçus et envois livrés, par minute', received: 'reçus', delivered: 'livrés', minutesAgo: (count: number) => (count === 0 ? 'cette minute' : `−${String(count)} min`), chartText: (received: string, delivered: string) => `Sur la dernière minute entière : ${received} reçus, ${delivered} livrés. Les chiffres par source et par destination sont dans les tableaux.`,
  destinations: 'Par destination', sources: 'Par source', name: 'Nom', system: 'Système', health: 'État', toLeave: 'À partir', inDoubt: 'Avis attendus', lastDelivered: 'Dernier envoi livré', slo: 'Délai convenu', rate: 'Par minute', refusedRate: 'Refusés / min', organisation: 'Organisation', lastReceived: 'Dernier message',
  sloOf: (share: string, within: string, target: string) => `${share} en ${within} (objectif ${target})`, sloNone: 'rien sur la période', sloMissed: 'manqué', sloMet: 'tenu',
  up: 'en service', paused: 'suspendue', down: 'en panne', probing: 'en essai', stopped: 'non activée', absent: 'sans connecteur', pausedBy: (by: string, why: string) => `par ${by} : ${why}`,
  conservation: 'Conservation', balanced: 'Le compte est juste : tout ce qui a été reçu est quelque part.', unbalanced: 'Le compte n’est pas juste : lancez « passerelle doctor » et ne supprimez rien.',
  messages: 'Messages', deliveries: 'Envois', whole: 'reçus', plannedDeliveries: 'planifiés', emptyDestinations: 'Aucune destination dans votre périmètre.', emptySources: 'Aucune source dans votre périmètre.',
}, {
  title: 'Now', asOf: (time: string) => `at ${time}`,
  journalPaused: 'The journal refuses writes: deliveries wait. Look at the disk, then "passerelle doctor".',
  waiting: 'Waiting to leave', oldest: 'The oldest', held: 'Held for a person', quarantined: 'Quarantined', perMinute: 'Messages a minute', incidents: 'Open incidents',
  seeHeld: 'See what is held', seeIncidents: 'See the incidents', noIncident: 'No open incident.', acknowledged: (by: string) => `taken on by ${by}`, inMaintenance: 'maintenance',
  flow: 'Messages received and deliveries made, a minute', received: 'received', delivered: 'delivered', minutesAgo: (count: number) => (count === 0 ? 'this minute' : `−${String(count)} min`), chartText: (received: string, delivered: string) => `In the last whole minute: ${received} received, ${delivered} delivered. The figures by source and by destination are in the tables.`,
  destinations: 'By destination', sources: 'By source', name: 'Name', system: 'System', health: 'State', toLeave: 'To leave', inDoubt: 'Notices awaited', lastDelivered: 'Last delivered', slo: 'Agreed time', rate: 'A minute', refusedRate: 'Refused / min', organisation: 'Organisation', lastReceived: 'Last message',
  sloOf: (share: string, within: string, target: string) => `${share} within ${within} (goal ${target})`, sloNone: 'nothing in the period', sloMissed: 'missed', sloMet: 'met',
  up: 'up', paused: 'paused', down: 'down', probing: 'probing', stopped: 'not enabled', absent: 'no connector', pausedBy: (by: string, why: string) => `by ${by}: ${why}`,
  conservation: 'Conservation', balanced: 'The count is right: all that was received is somewhere.', unbalanced: 'The count is not right: run "passerelle doctor" and remove nothing.',
  messages: 'Messages', deliveries: 'Deliveries', whole: 'received', plannedDeliveries: 'planned', emptyDestinations: 'No destination within your scope.', emptySources: 'No source within your scope.',
});
