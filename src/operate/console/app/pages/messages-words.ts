import { both } from '../words/language.tsx';

export const messagesWords = both({
  title: 'Messages', list: 'Les derniers reçus', live: 'En direct', results: 'Résultats', view: 'Affichage',
  source: 'Source', destination: 'Destination', type: 'Type', typeHelp: 'par exemple ORU^R01', disposition: 'Devenir', state: 'État d’un envoi', from: 'Reçus depuis', to: 'Reçus avant', clear: 'Effacer les filtres', filters: 'Filtres',
  received: 'Reçu', ack: 'Acq.', deliveries: 'Envois', size: 'Taille', noDelivery: 'aucun envoi',
  empty: 'Aucun message ne correspond. Effacez un filtre, ou envoyez-en un : « npx passerelle send ».', soFar: (time: string) => `Cherché jusqu’au ${time}.`, lookFurther: 'Chercher plus loin', end: 'Il n’y en a pas d’autres.', loadingMore: 'La suite arrive…',
  saved: 'Recherches enregistrées', save: 'Enregistrer ces filtres', saveName: 'Nom de la recherche', saveHelp: 'Lettres, chiffres, espaces, points et tirets. N’y écrivez rien qui désigne un patient.', saveIt: 'Enregistrer', forget: (name: string) => `Supprimer la recherche ${name}`, noneSaved: 'Aucune encore.',
  search: 'Chercher par', value: 'Valeur', searchHelp: 'Comparée exactement ; ni affichée dans l’adresse, ni gardée.', endSearch: 'Quitter la recherche', noMatch: 'Aucun message ne porte cette valeur.', found: (count: string) => `${count} message(s)`,
  kind: { ins: 'Matricule INS', patient: 'Identifiant du patient (IPP)', visit: 'Venue ou dossier', accession: 'Numéro de demande', document: 'Identifiant du document', control: 'Identifiant du message (MSH-10)' },
  pause: 'Suspendre', resume: 'Reprendre', paused: (count: string) => `Suspendu ; ${count} depuis.`, following: 'Suit ce qui passe.', lost: 'Liaison perdue, nouvel essai…', waiting: 'Rien encore : les messages s’affichent ici dès qu’ils arrivent.', notShown: (count: string) => `${count} de plus, passés trop vite pour être affichés : ils sont dans la liste.`,
  time: 'Heure', what: 'Quoi', where: 'Où', outcome: 'Issue', took: 'Durée', aMessage: 'reçu', aDelivery: 'envoi', attempt: (n: string) => `essai ${n}`,
}, {
  title: 'Messages', list: 'Latest received', live: 'Live', results: 'Results', view: 'View',
  source: 'Source', destination: 'Destination', type: 'Type', typeHelp: 'for instance ORU^R01', disposition: 'What became of it', state: 'State of a delivery', from: 'Received since', to: 'Received before', clear: 'Clear the filters', filters: 'Filters',
  received: 'Received', ack: 'Ack', deliveries: 'Deliveries', size: 'Size', noDelivery: 'no delivery',
  empty: 'No message matches. Clear a filter, or send one: "npx passerelle send".', soFar: (time: string) => `Looked back to ${time}.`, lookFurther: 'Look further', end: 'There are no others.', loadingMore: 'More is coming…',
  saved: 'Saved searches', save: 'Save these filters', saveName: 'Name of the search', saveHelp: 'Letters, digits, spaces, dots and dashes. Write nothing that names a patient.', saveIt: 'Save', forget: (name: string) => `Remove the search ${name}`, noneSaved: 'None yet.',
  search: 'Search by', value: 'Value', searchHelp: 'Compared exactly; neither shown in the address nor kept.', endSearch: 'Leave the search', noMatch: 'No message carries this value.', found: (count: string) => `${count} message(s)`,
  kind: { ins: 'INS number', patient: 'Patient identifier (IPP)', visit: 'Visit or file', accession: 'Order number', document: 'Document identifier', control: 'Message identifier (MSH-10)' },
  pause: 'Pause', resume: 'Resume', paused: (count: string) => `Paused; ${count} since.`, following: 'Follows what passes.', lost: 'Connection lost, trying again…', waiting: 'Nothing yet: messages show here as they come.', notShown: (count: string) => `${count} more, gone by too fast to be shown: they are in the list.`,
  time: 'Time', what: 'What', where: 'Where', outcome: 'Outcome', took: 'Took', aMessage: 'received', aDelivery: 'delivery', attempt: (n: string) => `attempt ${n}`,
});
