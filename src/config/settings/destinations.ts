import { group, leaf, list, name, packageVersion, tuned } from '../declare.ts';

export const destinations = list('Destinations : les partenaires à qui la passerelle remet.', 'Destinations: the partners the gateway delivers to.', 'id', {
  id: leaf({ is: 'text', shape: name }, 'Identifiant stable, repris par les règles.', 'Stable identifier, used by the rules.', 'region'),
  system: leaf({ is: 'choice', of: ['dmp', 'mssante', 'regional', 'hl7v2'] }, 'Type de partenaire.', 'Kind of partner.', 'regional'),
  production: leaf({ is: 'boolean' }, 'Partenaire de production : ne reçoit ni identité de test ni message MSH-11 T ou D.', 'Production partner: takes no test identity and no MSH-11 T or D message.', 'false', { default: false }),
  enabled: leaf({ is: 'boolean' }, 'Autoriser les envois à un partenaire de production.', 'Allow sending to a production partner.', 'false', { default: false }),
  concurrency: leaf({ is: 'integer', min: 1, max: 256 }, 'Envois simultanés.', 'Sendings at once.', '8', tuned(8)),
  deadlineDays: leaf({ is: 'integer', min: 1, max: 365 }, 'Jours avant qu’une remise soit abandonnée.', 'Days before a delivery is given up.', '15', tuned(15)),
  attemptMs: leaf({ is: 'integer', min: 100, max: 600_000 }, 'Durée maximale d’un essai (ms).', 'Longest attempt (ms).', '30000', tuned(30_000)),
  evidenceMs: leaf({ is: 'integer', min: 0, max: 86_400_000 }, 'Après un essai sans réponse, attente d’une preuve avant de renvoyer (ms), quand le partenaire ne peut être interrogé.', 'After an attempt without answer, time waited for evidence before sending again (ms), where the partner cannot be asked.', '30000', tuned(30_000)),
  initialWaitMs: leaf({ is: 'integer', min: 0, max: 604_800_000 }, 'Remplacement ou suppression reçu avant la version qu’il vise : attente de cette version (ms) avant de partir sans elle, quand le partenaire ne peut dire s’il l’a.', 'A replacement or deletion that came before the version it names: time waited for that version (ms) before going without it, where the partner cannot say whether it has it.', '0', tuned(600_000)),
  backoff: group('Attente entre deux essais.', 'Wait between two attempts.', {
    firstMs: leaf({ is: 'integer', min: 1, max: 3_600_000 }, 'Première attente (ms).', 'First wait (ms).', '1000', tuned(1000)),
    maxMs: leaf({ is: 'integer', min: 1, max: 86_400_000 }, 'Attente la plus longue (ms).', 'Longest wait (ms).', '300000', tuned(300_000)),
  }),
  breaker: group('Disjoncteur : un partenaire en panne est laissé tranquille.', 'Breaker: a partner that is down is left alone.', {
    failures: leaf({ is: 'integer', min: 1, max: 1000 }, 'Échecs de suite qui l’ouvrent.', 'Failures in a row that open it.', '5', tuned(5)),
    probeMs: leaf({ is: 'integer', min: 1, max: 3_600_000 }, 'Délai entre deux sondes quand il est ouvert (ms).', 'Time between two probes while it is open (ms).', '30000', tuned(30_000)),
  }),
  restricted: leaf({ is: 'choice', of: ['hold', 'send'] }, 'DMP seulement : document de confidentialité R ou V retenu jusqu’à ce qu’une personne le libère, ou envoyé avec un avertissement.', 'DMP only: a document of confidentiality R or V held until a person releases it, or sent with a warning.', 'send', { default: 'hold' }),
  backlogMinutes: leaf({ is: 'integer', min: 0, max: 525_600 }, 'Âge de la plus ancienne remise en attente au-delà duquel un incident s’ouvre (minutes) ; 0 : jamais. Par défaut, « alerts.backlogMinutes ».', 'Age of the oldest waiting delivery above which an incident opens (minutes); 0: never. By default "alerts.backlogMinutes".', '120', { default: null }),
  validation: group('Contrôle de ce qui part par des profils FHIR, avant l’envoi.', 'Check of what leaves against FHIR profiles, before it is sent.', {
    mode: leaf({ is: 'choice', of: ['off', 'report', 'enforce'] }, 'Aucun contrôle ; anomalies signalées ; ou remise retenue à la première erreur.', 'No check; findings reported; or the delivery held at the first error.', 'report', { default: 'off' }),
    packages: leaf({ is: 'texts', shape: packageVersion }, 'Paquets FHIR, avec leur version, ajoutés par « packages add » ; aucun autre n’est consulté, hors nos profils.', 'FHIR packages with their version, added by `packages add`; no other one is consulted, our own profiles apart.', '[hl7.fhir.fr.core#2.1.0]', { default: [] }),
    profiles: leaf({ is: 'texts' }, 'Profils que chaque ressource de leur type (hors « contained ») doit respecter, en plus de ceux qu’elle déclare.', 'Profiles that each resource of their type (contained ones apart) must meet, besides those it claims.', '[https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient|2.1.0]', { default: [] }),
  }),
  slo: group('Délai convenu de remise, suivi dans la console ; sans lui, aucun.', 'Agreed time of delivery, followed in the console; none without it.', {
    withinSeconds: leaf({ is: 'integer', min: 1, max: 2_592_000 }, 'Délai, de la réception à la remise (secondes).', 'Time from reception to delivery (seconds).', '300'),
    percent: leaf({ is: 'integer', min: 1, max: 100 }, 'Part des envois remise dans ce délai (%).', 'Share of the deliveries made within that time (%).', '95', { default: 95 }),
  }, 'null'),
  settings: leaf({ is: 'free' }, 'Réglages propres au connecteur. Le texte « sandbox » y est remplacé par l’adresse du simulateur.', 'The connector’s own settings. The text "sandbox" in them is replaced by the simulator’s address.', '{ baseUrl: sandbox }', { default: {} }),
});
