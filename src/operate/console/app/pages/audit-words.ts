import { both } from '../words/language.tsx';

export const auditWords = both({
  title: 'Audit', list: 'Le journal d’audit', empty: 'Aucune ligne ne répond à ces filtres.', intro: 'Chaque acte, chaque refus et chaque valeur révélée. Les lignes se tiennent par leur empreinte : une ligne modifiée, retirée ou déplacée se voit.',
  at: 'Quand', who: 'Qui', role: 'Rôle', act: 'Acte', objects: 'Sur quoi', reason: 'Motif', outcome: 'Résultat', address: 'Adresse', nobody: 'personne', commandLine: 'ligne de commande', filter: 'Filtrer', clear: 'Tout montrer',
  outcomes: { begun: 'commencé, fin inconnue', done: 'fait', refused: 'refusé', failed: 'échoué' }, everything: 'tous',
  verify: 'Vérifier la chaîne', sound: (rows: string, seq: string) => `La chaîne est entière : ${rows} lignes, la dernière est la ${seq}.`, broken: 'La chaîne est rompue.', head: 'Empreinte de la dernière ligne (à garder ailleurs pour comparer plus tard)',
  problem: (seq: string, what: string) => `Ligne ${seq} : ${what}`, problems: { 'row-changed': 'modifiée', 'chain-broken': 'ne suit pas la précédente', missing: 'des lignes manquent', truncated: 'la fin est coupée', 'head-changed': 'la tête connue du journal est autre', 'anchor-missing': 'le journal des messages ne connaît plus la tête' }, more: 'Plus anciennes',
  acts: {
    login: 'connexion', logout: 'déconnexion', 'change-password': 'changement de mot de passe', 'account-add': 'compte créé', 'account-change': 'compte modifié', 'account-remove': 'compte supprimé', 'audit-verify': 'vérification de l’audit',
    search: 'recherche', reveal: 'valeur révélée', release: 'libération', abandon: 'abandon', replay: 'rejeu', replan: 'nouvelle planification', export: 'export', pause: 'suspension', resume: 'reprise', correct: 'correction et renvoi', 'correct-trial': 'essai d’une correction', 'session-revoke': 'session fermée par un administrateur', 'correct-approve': 'correction approuvée', 'correct-drop': 'correction écartée',
    'replay-plan': 'plan de rejeu', 'replay-start': 'rejeu lancé', 'replay-pause': 'rejeu suspendu', 'replay-cancel': 'rejeu annulé', 'incident-acknowledge': 'incident pris en charge', 'maintenance-add': 'maintenance prévue', 'maintenance-remove': 'maintenance supprimée',
  },
}, {
  title: 'Audit', list: 'The audit log', empty: 'No row answers these filters.', intro: 'Each act, each refusal and each value revealed. Rows hold one another by their hash: a row edited, removed or moved is seen.',
  at: 'When', who: 'Who', role: 'Role', act: 'Act', objects: 'On what', reason: 'Reason', outcome: 'Outcome', address: 'Address', nobody: 'nobody', commandLine: 'command line', filter: 'Filter', clear: 'Show all',
  outcomes: { begun: 'begun, end unknown', done: 'done', refused: 'refused', failed: 'failed' }, everything: 'all',
  verify: 'Verify the chain', sound: (rows: string, seq: string) => `The chain is whole: ${rows} rows, the last is ${seq}.`, broken: 'The chain is broken.', head: 'Hash of the last row (keep it elsewhere to compare with later)',
  problem: (seq: string, what: string) => `Row ${seq}: ${what}`, problems: { 'row-changed': 'edited', 'chain-broken': 'does not follow the one before', missing: 'rows are missing', truncated: 'the tail is cut off', 'head-changed': 'the head that the journal knows is another', 'anchor-missing': 'the messages’ journal does not know the head any more' }, more: 'Older ones',
  acts: {
    login: 'login', logout: 'logout', 'change-password': 'password changed', 'account-add': 'account made', 'account-change': 'account changed', 'account-remove': 'account removed', 'audit-verify': 'audit verified',
    search: 'search', reveal: 'value revealed', release: 'release', abandon: 'abandon', replay: 'replay', replan: 'planned again', export: 'export', pause: 'pause', resume: 'resume', correct: 'corrected and resent', 'correct-trial': 'correction tried', 'session-revoke': 'session closed by an administrator', 'correct-approve': 'correction approved', 'correct-drop': 'correction dropped',
    'replay-plan': 'replay planned', 'replay-start': 'replay started', 'replay-pause': 'replay paused', 'replay-cancel': 'replay cancelled', 'incident-acknowledge': 'incident taken on', 'maintenance-add': 'maintenance planned', 'maintenance-remove': 'maintenance removed',
  },
});
