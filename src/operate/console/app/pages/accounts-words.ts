import { both } from '../words/language.tsx';

export const accountsWords = both({
  title: 'Comptes', list: 'Les comptes', name: 'Nom', role: 'Rôle', scope: 'Périmètre', everything: 'tout', organisation: 'organisation', sources: 'sources', destinations: 'destinations', last: 'Dernière connexion', sessions: 'Sessions ouvertes', acts: 'Actes',
  mustChange: 'mot de passe à changer', add: 'Créer un compte', addMeans: 'Un mot de passe à usage unique est montré une seule fois ; il devra être changé à la première connexion.', nameHelp: 'Minuscules, chiffres, . _ @ - ; commence par une lettre ou un chiffre.',
  scopeHelp: 'Laisser vide : tout. Sinon des noms de la configuration, séparés par des virgules.', change: 'Modifier', changeTitle: (name: string) => `Modifier ${name}`, changeMeans: 'Ses sessions ouvertes sont fermées ; il se reconnecte avec son nouveau périmètre.', save: 'Enregistrer',
  newPassword: 'Nouveau mot de passe', newPasswordTitle: (name: string) => `Nouveau mot de passe pour ${name}`, newPasswordMeans: 'Son mot de passe d’aujourd’hui ne vaut plus, ses sessions sont fermées, et un mot de passe à usage unique est montré une seule fois.',
  remove: 'Supprimer', removeTitle: (name: string) => `Supprimer ${name}`, removeMeans: 'Ses sessions sont fermées et il ne peut plus se connecter. Ce qu’il a fait reste dans l’audit.',
  shownOnce: (name: string) => `Mot de passe à usage unique de ${name}`, shownOnceHelp: 'Notez-le maintenant : il ne sera plus montré. Il devra être changé à la première connexion.', noted: 'Je l’ai noté', you: 'vous',
}, {
  title: 'Accounts', list: 'The accounts', name: 'Name', role: 'Role', scope: 'Scope', everything: 'everything', organisation: 'organisation', sources: 'sources', destinations: 'destinations', last: 'Last login', sessions: 'Open sessions', acts: 'Acts',
  mustChange: 'password to be changed', add: 'Make an account', addMeans: 'A one-time password is shown once; it must be changed at the first login.', nameHelp: 'Small letters, digits, . _ @ - ; begins with a letter or a digit.',
  scopeHelp: 'Left empty: everything. Else names of the configuration, with commas between them.', change: 'Change', changeTitle: (name: string) => `Change ${name}`, changeMeans: 'Its open sessions are closed; it signs in again with its new scope.', save: 'Save',
  newPassword: 'New password', newPasswordTitle: (name: string) => `A new password for ${name}`, newPasswordMeans: 'Its present password no longer holds, its sessions are closed, and a one-time password is shown once.',
  remove: 'Remove', removeTitle: (name: string) => `Remove ${name}`, removeMeans: 'Its sessions are closed and it can no longer sign in. What it did stays in the audit.',
  shownOnce: (name: string) => `One-time password of ${name}`, shownOnceHelp: 'Write it down now: it will not be shown again. It must be changed at the first login.', noted: 'I have it', you: 'you',
});
