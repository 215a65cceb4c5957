import { group, leaf, tuned } from '../declare.ts';
import { access } from './access.ts';
import { alerts } from './alerts.ts';
import { destinations } from './destinations.ts';
import { documents } from './documents.ts';
import { listeners } from './listeners.ts';
import { operators } from './operators.ts';
import { rules, tests } from './rules.ts';
import { sources } from './sources.ts';
import { traces } from './traces.ts';
import { validation } from './validation.ts';

/** Every setting of `passerelle.yaml`. */
export const settings = group('Configuration de Passerelle.', 'Passerelle’s configuration.', {
  version: leaf({ is: 'integer', min: 1, max: 1 }, 'Version de ce format de configuration.', 'Version of this configuration format.', '1'),
  language: leaf({ is: 'choice', of: ['fr', 'en'] }, 'Langue des textes pour les opérateurs et les acquittements.', 'Language of texts for operators and acknowledgements.', 'fr', { default: 'fr' }),
  data: leaf({ is: 'path' }, 'Dossier du journal : tout ce qui a été reçu et remis.', 'Folder of the journal: all that was received and delivered.', './data', { default: './data' }),
  keys: leaf({ is: 'secret' }, 'Trousseau qui scelle le journal, hors du dossier des données. Un fichier absent est créé au premier démarrage.', 'Key ring that seals the journal, outside the data folder. A missing file is made at first start.', '{ file: ./keys/passerelle.keys }'),
  listeners, sources, destinations, rules, tests, validation, documents, operators, alerts, traces,
  intake: group('Ce qui est pris à la fois, tous points d’entrée confondus.', 'What is taken at once, over all listeners.', {
    inFlight: leaf({ is: 'integer', min: 1, max: 10_000 }, 'Messages entre réception et réponse.', 'Messages between reception and answer.', '256', tuned(256)),
    waitMs: leaf({ is: 'integer', min: 1, max: 600_000 }, 'Attente d’un message avant d’être refusé pour saturation (ms).', 'Time a message waits before it is refused for overload (ms).', '10000', tuned(10_000)),
    memoryMiB: leaf({ is: 'integer', min: 1, max: 65_536 }, 'Mémoire des grands messages en cours d’arrivée ou de traitement (Mio).', 'Memory of large messages arriving or being handled (MiB).', '256', tuned(256)),
  }),
  packages: group('Paquets FHIR ajoutés par « packages add ».', 'FHIR packages added by "packages add".', {
    folder: leaf({ is: 'path' }, 'Dossier où ils sont gardés.', 'Folder where they are kept.', './packages', { default: './packages' }),
    registry: leaf({ is: 'text' }, 'Registre FHIR d’où les chercher par leur nom ; aucun par défaut.', 'FHIR registry to fetch them from by name; none by default.', 'https://registre.exemple.test', { default: null }),
  }),
  workers: leaf({ is: 'integer', min: 0, max: 64 }, 'Fils de calcul ; 0 : un de moins que les cœurs, au moins un.', 'Worker threads; 0: one less than the cores, at least one.', '0', tuned(0)),
  stageBudgetMs: leaf({ is: 'integer', min: 10, max: 600_000 }, 'Temps de calcul d’un message avant qu’il soit mis de côté et répondu plus tard (ms).', 'Computing time of a message before it is stored first and answered later (ms).', '2000', tuned(2000)),
  crashesBeforeQuarantine: leaf({ is: 'integer', min: 1, max: 20 }, 'Arrêts brutaux pendant un même message avant sa mise en quarantaine.', 'Crashes during the same message before it is quarantined.', '3', tuned(3)),
  repeatWindowDays: leaf({ is: 'integer', min: 1, max: 3650 }, 'Jours pendant lesquels un message renvoyé est reconnu.', 'Days during which a message sent again is recognised.', '30', tuned(30)),
  retention: group('Durées de conservation, comptées quand tout est remis.', 'Retention, counted once everything is delivered.', {
    payloadDays: leaf({ is: 'integer', min: 1, max: 36_500 }, 'Contenu des messages et documents (jours).', 'Contents of messages and documents (days).', '90', { default: 90 }),
    messageDays: leaf({ is: 'integer', min: 1, max: 36_500 }, 'Trace des messages (jours).', 'Trace of messages (days).', '365', { default: 365 }),
  }),
  access,
  minFreeMiB: leaf({ is: 'integer', min: 0, max: 10_000_000 }, 'Sous cet espace libre, les messages sont refusés (Mio).', 'Under this free space, messages are refused (MiB).', '512', tuned(512)),
});
