import { both } from '../words/language.tsx';

export const incidentsWords = both({
  title: 'Incidents', open: 'Ouverts', closed: 'Terminés', list: 'Incidents', empty: 'Aucun incident ouvert : rien ne demande qu’on agisse.', emptyClosed: 'Aucun incident terminé.',
  since: 'depuis', lasted: 'terminé', seen: 'vu pour la dernière fois', acknowledge: 'Prendre en charge', acknowledgeTitle: 'Prendre l’incident en charge', acknowledgeMeans: 'Les autres verront que quelqu’un s’en occupe. L’incident reste ouvert tant que sa cause dure, et se ferme de lui-même.',
  acknowledged: (by: string, note: string) => `Pris en charge par ${by} : ${note}`, inMaintenance: 'en maintenance', advice: 'Que faire', notices: 'Prévenus',
  notice: { waiting: 'à envoyer', sent: 'envoyé', suppressed: 'tu (maintenance)', failed: 'non remis' }, what: { opened: 'ouverture', worsened: 'aggravation', closed: 'fin' },
  severity: { information: 'information', warning: 'avertissement', critical: 'critique' },
  kind: { silence: 'silence d’une source', backlog: 'retard', breaker: 'destination en panne', certificate: 'certificat', conservation: 'compte faux', disk: 'disque', check: 'contrôle d’une destination' },
  windows: 'Maintenances', windowsHelp: 'Pendant une maintenance, les incidents sont notés et personne n’est prévenu.', noWindow: 'Aucune maintenance prévue.', add: 'Prévoir une maintenance', addMeans: 'Pendant ce temps les incidents choisis sont notés, et personne n’est prévenu. Rien d’autre ne change : les messages continuent.',
  from: 'De', until: 'À', which: 'Pour', everything: 'tout', remove: 'Supprimer', removeTitle: 'Supprimer la maintenance', removeMeans: 'On sera de nouveau prévenu aussitôt.', by: 'par', state: { planned: 'prévue', running: 'en cours', over: 'passée' },
  kinds: 'Sortes d’incidents (aucune cochée : toutes)', order: 'La fin doit venir après le début.', save: 'Prévoir', more: 'Plus anciens',
}, {
  title: 'Incidents', open: 'Open', closed: 'Closed', list: 'Incidents', empty: 'No open incident: nothing asks for action.', emptyClosed: 'No closed incident.',
  since: 'since', lasted: 'closed', seen: 'last seen', acknowledge: 'Take on', acknowledgeTitle: 'Take the incident on', acknowledgeMeans: 'The others will see that somebody is on it. The incident stays open as long as its cause lasts, and closes by itself.',
  acknowledged: (by: string, note: string) => `Taken on by ${by}: ${note}`, inMaintenance: 'in maintenance', advice: 'What to do', notices: 'Told',
  notice: { waiting: 'to be sent', sent: 'sent', suppressed: 'kept quiet (maintenance)', failed: 'not delivered' }, what: { opened: 'opening', worsened: 'worsening', closed: 'end' },
  severity: { information: 'information', warning: 'warning', critical: 'critical' },
  kind: { silence: 'silence of a source', backlog: 'backlog', breaker: 'destination down', certificate: 'certificate', conservation: 'wrong count', disk: 'disk', check: 'check of a destination' },
  windows: 'Maintenance', windowsHelp: 'During maintenance, incidents are recorded and nobody is told.', noWindow: 'No maintenance planned.', add: 'Plan maintenance', addMeans: 'Meanwhile the chosen incidents are recorded, and nobody is told. Nothing else changes: messages go on.',
  from: 'From', until: 'To', which: 'For', everything: 'everything', remove: 'Remove', removeTitle: 'Remove the maintenance', removeMeans: 'People will be told again at once.', by: 'by', state: { planned: 'planned', running: 'running', over: 'over' },
  kinds: 'Kinds of incidents (none ticked: all)', order: 'The end must come after the beginning.', save: 'Plan', more: 'Older ones',
});
