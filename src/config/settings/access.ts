import { group, leaf, tuned } from '../declare.ts';

export const access = group('Qui entre dans la console et l’API, et pour combien de temps.', 'Who enters the console and the API, and for how long.', {
  sessionHours: leaf({ is: 'integer', min: 1, max: 168 }, 'Durée d’une session, quoi qu’il s’y passe (heures).', 'Length of a session, whatever is done in it (hours).', '12', { default: 12 }),
  idleMinutes: leaf({ is: 'integer', min: 1, max: 1440 }, 'Une session dont personne ne se sert finit après ce délai (minutes).', 'A session that nobody uses ends after so long (minutes).', '30', { default: 30 }),
  requestsPerSecond: leaf({ is: 'integer', min: 1, max: 1000 }, 'Requêtes d’un compte par seconde, dans la durée ; cinq fois plus d’un coup, et quatre fois plus par adresse.', 'Requests of an account a second, over time; five times as many at once, and four times as many per address.', '30', tuned(30)),
});
