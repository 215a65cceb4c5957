import { group, leaf, list, name, timeZone, tuned, type Shape } from '../declare.ts';
import { network } from './network.ts';

const sender: Shape = { fr: 'MSH-3|MSH-4, avec « * » pour tout texte', en: 'MSH-3|MSH-4, with "*" for any text', fits: text => text !== '' && text.split('|').length <= 2 };
const certificate: Shape = {
  fr: 'un sujet (O=…, CN=…) ou une empreinte sha256:…', en: 'a subject (O=…, CN=…) or a fingerprint sha256:…',
  fits: text => /^sha256:([0-9a-f]{2}:?){32}$/i.test(text) || text.split(/,\s*/).every(part => /^[A-Za-z]+=./.test(part)),
};

export const sources = list('Sources : qui a le droit d’envoyer, et comment ses messages sont compris. La première qui correspond est retenue.',
  'Sources: who may send, and how its messages are understood. The first that matches is taken.', 'id', {
    id: leaf({ is: 'text', shape: name }, 'Identifiant stable de la source.', 'Stable identifier of the source.', 'lab'),
    organisation: leaf({ is: 'text' }, 'Organisation à qui la source appartient.', 'Organisation that owns the source.', 'Laboratoire de démonstration'),
    listeners: leaf({ is: 'texts' }, 'Points d’entrée par lesquels elle arrive.', 'Listeners by which it comes.', '[mllp]'),
    networks: leaf({ is: 'texts', shape: network }, 'Adresses d’où elle vient.', 'Addresses it comes from.', '[192.0.2.0/24]', { default: [] }),
    certificate: leaf({ is: 'text', shape: certificate }, 'Certificat client qu’elle présente : parties de son sujet, ou son empreinte.', 'Client certificate it shows: parts of its subject, or its fingerprint.', 'O=CHU Démo, CN=sil', { default: null }),
    token: leaf({ is: 'secret' }, 'Jeton qu’elle présente en HTTP (« Authorization: Bearer »).', 'Token it shows over HTTP ("Authorization: Bearer").', '{ env: PASSERELLE_TOKEN_LAB }', { default: null }),
    senders: leaf({ is: 'texts', shape: sender }, 'Émetteurs qu’elle nomme dans ses messages (MSH-3|MSH-4). Un nom seul n’est cru que sur la boucle locale.', 'Senders it names in its messages (MSH-3|MSH-4). A name alone is believed on loopback only.', '[SIL-*|LABO]', { default: [] }),
    timeZone: leaf({ is: 'text', shape: timeZone }, 'Fuseau des dates et heures sans décalage.', 'Time zone of times without offset.', 'Europe/Paris', { default: 'Europe/Paris' }),
    strictness: leaf({ is: 'choice', of: ['tolerant', 'strict'] }, 'Rigueur des règles du volet : « tolerant » avertit, « strict » refuse.', 'How strictly the volet’s rules apply: "tolerant" warns, "strict" refuses.', 'tolerant', { default: 'tolerant' }),
    unaddressed: leaf({ is: 'choice', of: ['strict', 'directory'] }, 'Destinataire MSSanté sans adresse (PRT-15.4) : « strict » refuse le message (AE 101), comme le volet ; « directory » cherche sa boîte dans l’annuaire, par RPPS ou par structure (« recipients » de la destination mssante), et retient l’envoi si elle n’est pas sûre.', 'MSSanté recipient without an address (PRT-15.4): "strict" refuses the message (AE 101), as the volet does; "directory" looks for the mailbox in the directory, by RPPS or structure ("recipients" of the mssante destination), and holds the sending when it is not certain.', 'directory', { default: 'strict' }),
    unknownConsent: leaf({ is: 'choice', of: ['follow', 'hold'] }, 'Consentement DMP inconnu : suivre DESTDMP avec un avertissement, ou retenir.', 'Unknown DMP consent: follow DESTDMP with a warning, or hold.', 'follow', { default: 'follow' }),
    answersTo: leaf({ is: 'text', shape: name }, 'Destination hl7v2 qui reçoit les acquittements qui lui reviennent (ZAM, ACK du mode étendu) ; un ZAM de cette source ne clôt que les envois faits à cette destination.', 'hl7v2 destination that takes the acknowledgements due to it (ZAM, ACK of enhanced mode); a ZAM from this source closes only deliveries made to that destination.', 'lab-answers', { default: null }),
    establishment: leaf({ is: 'text' }, 'Établissement (FINESS) dont les messages portent les consentements, quand ils ne le disent pas.', 'Establishment (FINESS) whose consents the messages speak of, when they do not say.', '990000001', tuned(null)),
    quietAfterMinutes: leaf({ is: 'integer', min: 0, max: 525_600 }, 'Minutes sans message après lesquelles la source est dite silencieuse (incident) ; 0 : jamais. Sans ce réglage, la passerelle apprend sa semaine, par quart d’heure et avec les jours fériés, et juge après quatre semaines.',
      'Minutes without a message after which the source is called silent (incident); 0: never. Without this setting the gateway learns its week, by quarter hour and with public holidays, and judges after four weeks.', '240', { default: null }),
    rate: group('Débit convenu de la source ; sans lui, elle n’est pas limitée. Au-delà, une connexion MLLP est lue plus lentement, une requête HTTP reçoit 429 et « Retry-After » ; rien n’est perdu.', 'The source’s agreed rate; without it, it has no limit. Beyond, an MLLP connection is read more slowly, an HTTP request gets 429 and "Retry-After"; nothing is lost.', {
      perSecond: leaf({ is: 'integer', min: 1, max: 100_000 }, 'Messages par seconde, dans la durée.', 'Messages a second, over time.', '50'),
      burst: leaf({ is: 'integer', min: 1, max: 1_000_000 }, 'Messages pris d’un coup avant d’être ralentis.', 'Messages taken at once before they are slowed.', '200', { default: 100 }),
    }, 'null'),
    notices: leaf({ is: 'texts', shape: name }, 'La source est une boîte aux lettres : destinations mssante dont les avis (DSN, MDN) y arrivent.', 'The source is a mailbox: mssante destinations whose notices (DSN, MDN) come there.', '[mssante]', { default: [] }),
    noticesFrom: leaf({ is: 'texts' }, 'Domaines dont les avis de remise (DSN) sont crus, avec « * » pour tout texte, outre le domaine de chaque destinataire : l’espace de confiance et les serveurs de l’opérateur. Un avis de lecture n’est cru que du domaine de son destinataire, un domaine de patients que pour ses patients.',
      'Domains whose delivery notices (DSN) are believed, "*" for any text, besides each recipient’s own: the trust space and the operator’s servers. A reading notice is believed from its recipient’s domain only, a domain of patients for its patients only.', "['*.mssante.fr', smtp.operateur.fr]", { default: ['*.mssante.fr'] }),
  });
