import { both } from '../words/language.tsx';

export const sourcesWords = both({
  title: 'Sources', back: 'Toutes les sources', list: 'Les sources et leur trafic', empty: 'Aucune source dans votre périmètre. Elles sont déclarées sous « sources » dans passerelle.yaml.',
  name: 'Nom', organisation: 'Organisation', listeners: 'Par où elle entre', rate: 'Par minute', refused: 'Refusés / min', last: 'Dernier message', certificates: 'Certificats', answersTo: 'Ses réponses vont à', none: '–', timeZone: 'Fuseau horaire',
  quiet: 'silencieuse', expected: 'Un message était attendu au plus tard', heard: 'entendue',
  week: 'Une semaine ordinaire et aujourd’hui', weekText: (weeks: string, needed: string) => `Appris sur ${weeks} semaine(s) ; il en faut ${needed} avant de juger un silence.`,
  judged: { profile: 'Le silence est jugé d’après ce profil.', delay: 'Le silence est jugé d’après un délai fixe de la configuration.', nothing: 'Le silence n’est pas jugé : la configuration le dit.', learning: 'Trop peu d’histoire : le silence n’est pas encore jugé.' },
  holiday: 'Aujourd’hui est férié : jugé comme un dimanche.', usual: 'd’ordinaire', today: 'aujourd’hui',
  types: 'Types de messages', outcomes: 'Ce qu’ils sont devenus', findings: 'Ce qui n’y va pas', noFinding: 'Rien depuis le démarrage.', lookedAt: (count: string) => `Sur les ${count} derniers messages.`, latest: 'Derniers messages', noMessage: 'Aucun message encore.',
  count: 'Nombre', type: 'Type', outcome: 'Devenir', cause: 'Constat', advice: 'Que faire', act: 'Qui peut agir', seeMessages: 'Voir ses messages',
}, {
  title: 'Sources', back: 'All sources', list: 'The sources and their traffic', empty: 'No source within your scope. They are declared under "sources" in passerelle.yaml.',
  name: 'Name', organisation: 'Organisation', listeners: 'Comes in by', rate: 'A minute', refused: 'Refused / min', last: 'Last message', certificates: 'Certificates', answersTo: 'Its answers go to', none: '–', timeZone: 'Time zone',
  quiet: 'quiet', expected: 'A message was expected at the latest', heard: 'heard',
  week: 'An ordinary week, and today', weekText: (weeks: string, needed: string) => `Learnt over ${weeks} week(s); ${needed} are needed before silence is judged.`,
  judged: { profile: 'Silence is judged by this profile.', delay: 'Silence is judged by a fixed delay of the configuration.', nothing: 'Silence is not judged: the configuration says so.', learning: 'Too little history: silence is not judged yet.' },
  holiday: 'Today is a public holiday: judged as a Sunday.', usual: 'usual', today: 'today',
  types: 'Types of messages', outcomes: 'What became of them', findings: 'What is wrong with them', noFinding: 'Nothing since the start.', lookedAt: (count: string) => `Of the latest ${count} messages.`, latest: 'Latest messages', noMessage: 'No message yet.',
  count: 'Count', type: 'Type', outcome: 'Outcome', cause: 'Finding', advice: 'What to do', act: 'Who can act', seeMessages: 'See its messages',
});
