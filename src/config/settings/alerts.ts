import { isMailboxAddress } from '../../domain/mailbox-address.ts';
import { group, leaf, list, name, timeZone, tuned, type Shape } from '../declare.ts';
import { webAddress } from './web-address.ts';

const address: Shape = { fr: 'une adresse de messagerie', en: 'a mail address', fits: isMailboxAddress };
export const alerts = group('Incidents : source silencieuse, retard, partenaire en panne, certificat qui expire, comptes faux, disque bientôt plein. Un incident s’ouvre une fois, se ferme de lui-même, et reste au dossier des données.',
  'Incidents: silent source, backlog, partner down, certificate about to expire, wrong counts, disk nearly full. An incident opens once, closes by itself, and is kept in the data folder.', {
    name: leaf({ is: 'text' }, 'Nom de cette passerelle dans les notifications.', 'Name of this gateway in notices.', 'PFI Normandie', { default: 'Passerelle' }),
    timeZone: leaf({ is: 'text', shape: timeZone }, 'Fuseau des heures dans les textes.', 'Time zone of the times in texts.', 'Europe/Paris', { default: 'Europe/Paris' }),
    console: leaf({ is: 'text', shape: webAddress }, 'Adresse de la console, mise dans les courriels.', 'Address of the console, put into mails.', 'https://passerelle.chu.test/', { default: null }),
    backlogMinutes: leaf({ is: 'integer', min: 1, max: 525_600 }, 'Âge de la plus ancienne remise en attente au-delà duquel un incident s’ouvre (minutes), sauf réglage de la destination.', 'Age of the oldest waiting delivery above which an incident opens (minutes), unless its destination says otherwise.', '30', { default: 30 }),
    diskDays: leaf({ is: 'integer', min: 1, max: 365 }, 'Prévenir quand le disque des données sera plein dans ce nombre de jours.', 'Tell when the data disk will be full in so many days.', '14', { default: 14 }),
    openAfterMinutes: leaf({ is: 'integer', min: 0, max: 1440 }, 'Durée pendant laquelle une anomalie doit persister avant d’être un incident (minutes).', 'How long a condition must last before it is an incident (minutes).', '2', tuned(2)),
    closeAfterMinutes: leaf({ is: 'integer', min: 0, max: 1440 }, 'Durée pendant laquelle elle doit avoir disparu avant que l’incident se ferme (minutes) : ce qui va et vient est un seul incident.', 'How long it must be gone before the incident closes (minutes): what comes and goes is one incident.', '5', tuned(5)),
    conservationHours: leaf({ is: 'integer', min: 1, max: 8760 }, 'Heures entre deux vérifications des comptes du journal contre son contenu.', 'Hours between two verifications of the journal’s counts against its content.', '6', tuned(6)),
    mail: group('Notifications par courriel (SMTP) : une à l’ouverture, une à la fermeture, une si l’incident s’aggrave.', 'Notices by mail (SMTP): one at the opening, one at the end, one if it gets worse.', {
      host: leaf({ is: 'text' }, 'Nom du serveur.', 'Name of the server.', 'smtp.chu.test'),
      port: leaf({ is: 'integer', min: 1, max: 65_535 }, 'Port du serveur.', 'Port of the server.', '587', { default: 587 }),
      security: leaf({ is: 'choice', of: ['tls', 'starttls', 'none'] }, 'TLS dès la connexion, STARTTLS exigé, ou en clair (sans mot de passe hors de la boucle locale).', 'TLS at once, STARTTLS required, or in clear (no password off loopback).', 'starttls', { default: 'starttls' }),
      user: leaf({ is: 'text' }, 'Identifiant.', 'Login.', 'passerelle', { default: null }),
      password: leaf({ is: 'secret' }, 'Mot de passe, relu à chaque envoi.', 'Password, read again for each mail.', '{ file: secrets/smtp }', { default: null }),
      ca: leaf({ is: 'secret' }, 'Autorité du serveur (PEM), si elle n’est pas publique.', 'Authority of the server (PEM), if it is not a public one.', '{ file: tls/ac-interne.pem }', { default: null }),
      from: leaf({ is: 'text', shape: address }, 'Expéditeur.', 'Sender.', 'passerelle@chu.test'),
      to: leaf({ is: 'texts', shape: address }, 'Destinataires.', 'Readers.', '[exploitation@chu.test]'),
    }, 'null'),
    webhooks: list('Notifications par webhook : un POST de JSON signé (HMAC-SHA256), renvoyé jusqu’à être reçu.', 'Notices by webhook: a signed POST of JSON (HMAC-SHA256), sent again until it is received.', 'name', {
      name: leaf({ is: 'text', shape: name }, 'Nom, montré avec les notifications.', 'Name, shown with the notices.', 'astreinte'),
      url: leaf({ is: 'text', shape: webAddress }, 'Adresse appelée.', 'Address that is called.', 'https://astreinte.chu.test/passerelle'),
      secret: leaf({ is: 'secret' }, 'Secret qui signe « X-Passerelle-Signature: t=…,v1=… » (HMAC-SHA256 de « t.corps »).', 'Secret that signs "X-Passerelle-Signature: t=…,v1=…" (HMAC-SHA256 of "t.body").', '{ env: PASSERELLE_WEBHOOK }'),
      ca: leaf({ is: 'secret' }, 'Autorité du serveur (PEM), si elle n’est pas publique.', 'Authority of the server (PEM), if it is not a public one.', '{ file: tls/ac-interne.pem }', { default: null }),
    }),
  });
