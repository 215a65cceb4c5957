import { both } from '../words/language.tsx';

export const destinationsWords = both({
  title: 'Destinations', back: 'Toutes les destinations', list: 'Les destinations et leur santé', empty: 'Aucune destination dans votre périmètre. Elles sont déclarées sous « destinations » dans passerelle.yaml.',
  certificates: 'Certificats',
  production: 'production', test: 'test', notEnabled: 'non activée : rien n’y part tant que « enabled » n’est pas vrai dans la configuration', kind: 'Nature',
  pause: 'Suspendre', resume: 'Reprendre', pauseTitle: (name: string) => `Suspendre ${name}`, resumeTitle: (name: string) => `Reprendre ${name}`,
  pauseMeans: 'Plus rien ne part vers cette destination, même après un redémarrage, jusqu’à ce que quelqu’un la reprenne. Ce qui est en cours se termine ; ce qui arrive attend, dans l’ordre. Rien n’est perdu.',
  resumeMeans: 'Ce qui attendait part aussitôt, dans l’ordre de chaque patient.',
  causes: 'Pourquoi ce qui ne part pas ne part pas', noCause: 'Rien n’attend et rien n’est retenu.', cause: 'Cause', state: 'État', count: 'Nombre', oldest: 'Le plus ancien', act: 'Qui peut agir', advice: 'Que faire',
  rules: 'Règles qui la choisissent', noRule: 'aucune : seuls les drapeaux des messages la choisissent', switches: 'Suspensions et reprises', paused: 'suspendue', resumed: 'reprise', noSwitch: 'Jamais suspendue.',
  settings: 'Réglages', concurrency: 'envois en même temps', attempt: 'durée d’un essai', deadline: 'délai avant qu’une personne décide', breaker: 'disjoncteur', breakerText: (failures: string, probe: string) => `ouvert après ${failures} échecs de suite, nouvel essai toutes les ${probe}`, days: (count: string) => `${count} jours`,
  seeMessages: 'Voir ses messages', seeHeld: 'Voir ce qui est retenu',
}, {
  title: 'Destinations', back: 'All destinations', list: 'The destinations and their health', empty: 'No destination within your scope. They are declared under "destinations" in passerelle.yaml.',
  certificates: 'Certificates',
  production: 'production', test: 'test', notEnabled: 'not enabled: nothing leaves for it until "enabled" is true in the configuration', kind: 'Kind',
  pause: 'Pause', resume: 'Resume', pauseTitle: (name: string) => `Pause ${name}`, resumeTitle: (name: string) => `Resume ${name}`,
  pauseMeans: 'Nothing leaves for this destination any more, even after a restart, until somebody resumes it. What is under way ends; what arrives waits, in order. Nothing is lost.',
  resumeMeans: 'What waited leaves at once, in the order of each patient.',
  causes: 'Why what does not leave does not', noCause: 'Nothing waits and nothing is held.', cause: 'Cause', state: 'State', count: 'Count', oldest: 'The oldest', act: 'Who can act', advice: 'What to do',
  rules: 'Rules that choose it', noRule: 'none: only the flags of messages choose it', switches: 'Paused and resumed', paused: 'paused', resumed: 'resumed', noSwitch: 'Never paused.',
  settings: 'Settings', concurrency: 'deliveries at a time', attempt: 'time of an attempt', deadline: 'time before a person decides', breaker: 'breaker', breakerText: (failures: string, probe: string) => `open after ${failures} failures in a row, tried again every ${probe}`, days: (count: string) => `${count} days`,
  seeMessages: 'See its messages', seeHeld: 'See what is held',
});
