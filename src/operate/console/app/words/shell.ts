import { both } from './language.tsx';

export const shellWords = both({
  skip: 'Aller au contenu', navigation: 'Pages', openMenu: 'Ouvrir le menu', closeMenu: 'Fermer le menu', dark: 'Sombre', light: 'Clair',
  accountMenu: (account: string) => `Compte ${account}`, signedInAs: (role: string) => `Rôle : ${role}`, changePassword: 'Changer le mot de passe', logout: 'Se déconnecter',
  zone: (zone: string) => `Heures de votre poste : ${zone}`, login: 'Connexion', account: 'Compte', password: 'Mot de passe', enter: 'Se connecter', openid: (name: string) => `Se connecter avec ${name}`,
  firstTime: 'Au premier démarrage, la passerelle affiche dans son terminal un compte et un mot de passe à usage unique. Mot de passe oublié : un administrateur en donne un autre (page Comptes), ou « passerelle accounts password » sur la machine.',
  sessionEnds: 'La session se ferme d’elle-même quand plus rien n’est demandé.',
  present: 'Mot de passe actuel', wanted: 'Nouveau mot de passe', wantedAgain: 'Nouveau mot de passe, encore', rule: '12 caractères au moins.', differ: 'Les deux ne sont pas les mêmes.', tooShort: 'Il faut 12 caractères au moins.',
  change: 'Changer', mustChange: 'Ce mot de passe ne sert qu’une fois : choisissez le vôtre. Vos autres sessions seront fermées.', othersClose: 'Vos autres sessions seront fermées.', changed: 'Mot de passe changé.',
  notFound: 'Page inconnue', notFoundText: 'Cette adresse ne mène à rien, ou votre rôle n’y a pas accès.', home: 'Revenir à la première page',
}, {
  skip: 'Skip to content', navigation: 'Pages', openMenu: 'Open the menu', closeMenu: 'Close the menu', dark: 'Dark', light: 'Light',
  accountMenu: (account: string) => `Account ${account}`, signedInAs: (role: string) => `Role: ${role}`, changePassword: 'Change the password', logout: 'Sign out',
  zone: (zone: string) => `Times of your computer: ${zone}`, login: 'Sign in', account: 'Account', password: 'Password', enter: 'Sign in', openid: (name: string) => `Sign in with ${name}`,
  firstTime: 'At its first start the gateway prints an account and a one-time password in its terminal. Password forgotten: an administrator gives another (page Accounts), or "passerelle accounts password" on the machine.',
  sessionEnds: 'The session closes by itself when nothing more is asked.',
  present: 'Present password', wanted: 'New password', wantedAgain: 'New password, again', rule: '12 characters at least.', differ: 'The two are not the same.', tooShort: 'It takes 12 characters at least.',
  change: 'Change', mustChange: 'This password serves once: choose your own. Your other sessions will be closed.', othersClose: 'Your other sessions will be closed.', changed: 'Password changed.',
  notFound: 'Unknown page', notFoundText: 'This address leads nowhere, or your role may not see it.', home: 'Back to the first page',
});
