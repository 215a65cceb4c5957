import { both } from './language.tsx';

/** Words that many pages share: states, roles, the buttons of dialogs. */
export const common = both({
  product: 'Passerelle',
  loading: 'Chargement…', retry: 'Réessayer', cancel: 'Annuler', close: 'Fermer', confirm: 'Confirmer', back: 'Retour', more: 'Suite', none: '–', never: 'jamais', all: 'Tous', yes: 'oui', no: 'non',
  refresh: 'Actualiser', sortBy: (column: string) => `Trier par ${column}`, details: 'Détails', search: 'Chercher', copy: 'Copier', copied: 'Copié', download: 'Télécharger',
  doneAt: (time: string) => `Fait à ${time}`, putAway: 'Retirer ce message',
  reason: 'Motif', reasonHelp: '10 caractères au moins ; gardé dans le journal d’audit. N’y écrivez rien qui désigne un patient.',
  what: 'Que faire', place: 'Endroit de la requête', faultCode: 'Code', unreachable: 'La passerelle ne répond pas.', unreachableAdvice: 'Vérifiez le réseau et que la passerelle tourne ; la page réessaie d’elle-même.',
  broken: 'Cette page ne peut pas être affichée.', brokenAdvice: 'Rechargez-la ; si cela se répète, signalez-le avec ce que vous faisiez.',
  now: 'à l’instant', ago: (text: string) => `il y a ${text}`, in: (text: string) => `dans ${text}`,
  state: { waiting: 'en attente', sending: 'en cours d’envoi', submitted: 'remis, avis attendu', held: 'retenu', delivered: 'livré', refused: 'refusé', abandoned: 'abandonné' },
  disposition: { planned: 'planifié', rejected: 'rejeté', consumed: 'consommé', repeated: 'répété', quarantined: 'en quarantaine', pipeline: 'en traitement', refused: 'refusé à l’entrée' },
  action: { submit: 'dépôt', replace: 'remplacement', delete: 'suppression', notify: 'notification' },
  severity: { error: 'erreur', warning: 'avertissement', information: 'information' },
  role: { viewer: 'lecteur', operator: 'opérateur', administrator: 'administrateur', vendor: 'éditeur' },
  blame: { sender: 'l’émetteur', us: 'la passerelle', receiver: 'le destinataire', operator: 'l’exploitant' },
}, {
  product: 'Passerelle',
  loading: 'Loading…', retry: 'Try again', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', back: 'Back', more: 'More', none: '–', never: 'never', all: 'All', yes: 'yes', no: 'no',
  refresh: 'Refresh', sortBy: (column: string) => `Sort by ${column}`, details: 'Details', search: 'Search', copy: 'Copy', copied: 'Copied', download: 'Download',
  doneAt: (time: string) => `Done at ${time}`, putAway: 'Put this message away',
  reason: 'Reason', reasonHelp: '10 characters at least; kept in the audit log. Write nothing that names a patient.',
  what: 'What to do', place: 'Part of the request', faultCode: 'Code', unreachable: 'The gateway does not answer.', unreachableAdvice: 'Check the network and that the gateway runs; the page tries again by itself.',
  broken: 'This page cannot be shown.', brokenAdvice: 'Load it again; if that goes on, report it with what you were doing.',
  now: 'just now', ago: (text: string) => `${text} ago`, in: (text: string) => `in ${text}`,
  state: { waiting: 'waiting', sending: 'being sent', submitted: 'submitted, notice awaited', held: 'held', delivered: 'delivered', refused: 'refused', abandoned: 'abandoned' },
  disposition: { planned: 'planned', rejected: 'rejected', consumed: 'consumed', repeated: 'repeated', quarantined: 'quarantined', pipeline: 'in the pipeline', refused: 'refused at the door' },
  action: { submit: 'submission', replace: 'replacement', delete: 'deletion', notify: 'notification' },
  severity: { error: 'error', warning: 'warning', information: 'information' },
  role: { viewer: 'viewer', operator: 'operator', administrator: 'administrator', vendor: 'vendor' },
  blame: { sender: 'the sender', us: 'the gateway', receiver: 'the receiver', operator: 'the operator' },
});
