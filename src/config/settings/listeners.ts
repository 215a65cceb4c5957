import { group, leaf, list, name, tuned } from '../declare.ts';

const tls = group('TLS : ce que la passerelle présente et comment elle vérifie ses partenaires.', 'TLS: what the gateway shows and how it checks its partners.', {
  cert: leaf({ is: 'secret' }, 'Certificat (PEM), suivi de sa chaîne.', 'Certificate (PEM), followed by its chain.', '{ file: tls/passerelle.pem }', { default: undefined }),
  key: leaf({ is: 'secret' }, 'Clé privée du certificat (PEM).', 'Private key of the certificate (PEM).', '{ file: tls/passerelle.key }', { default: undefined }),
  pfx: leaf({ is: 'secret' }, 'Certificat et clé en PKCS#12, à la place de « cert » et « key ».', 'Certificate and key as PKCS#12, instead of "cert" and "key".', '{ file: tls/igc-sante.p12 }', { default: undefined }),
  passphrase: leaf({ is: 'secret' }, 'Mot de passe de la clé ou du PKCS#12.', 'Passphrase of the key or the PKCS#12.', '{ env: PASSERELLE_P12 }', { default: undefined }),
  ca: leaf({ is: 'secret' }, 'Autorités acceptées (PEM), et elles seules.', 'Authorities accepted (PEM), and no others.', '{ file: tls/igc-sante-ac.pem }', { default: undefined }),
  crl: leaf({ is: 'secret' }, 'Listes de révocation (PEM).', 'Revocation lists (PEM).', '{ file: tls/igc-sante.crl.pem }', { default: undefined, advanced: true }),
  mutual: leaf({ is: 'boolean' }, 'Exiger et vérifier un certificat client.', 'Ask for a client certificate and check it.', 'true', { default: true }),
}, 'null');

export const listeners = list('Points d’entrée : ports et dossiers par lesquels les messages arrivent.', 'Listeners: ports and folders by which messages come in.', 'name', {
  name: leaf({ is: 'text', shape: name }, 'Nom du point d’entrée, repris par les sources.', 'Name of the listener, used by the sources.', 'mllp'),
  kind: leaf({ is: 'choice', of: ['mllp', 'http', 'folder', 'mailbox'] }, 'Protocole.', 'Protocol.', 'mllp'),
  host: leaf({ is: 'text' }, 'Adresse d’écoute. Hors de la boucle locale, TLS est exigé.', 'Address listened on. TLS is required off loopback.', '127.0.0.1', { default: '127.0.0.1' }),
  port: leaf({ is: 'integer', min: 0, max: 65_535 }, 'Port ; 0 laisse le système choisir.', 'Port; 0 lets the system choose.', '2575', { default: 0 }),
  roles: leaf({ is: 'choices', of: ['intake', 'api', 'metrics'] }, 'Ce que le point d’entrée sert (HTTP).', 'What the listener serves (HTTP).', '[intake]', { default: ['intake'] }),
  clearText: leaf({ is: 'boolean' }, 'Accepter de parler en clair hors de la boucle locale : un tunnel ou un mandataire chiffre à la place de la passerelle.', 'Accept speaking in clear off loopback: a tunnel or proxy encrypts in the gateway’s stead.', 'false', tuned(false)),
  tls,
  folder: group('Dossier de dépôt (kind: folder).', 'Drop folder (kind: folder).', {
    path: leaf({ is: 'path' }, 'Dossier relevé ; « .work », « done » et « rejected » y sont créés.', 'Folder picked up from; ".work", "done" and "rejected" are made in it.', './drop'),
    ready: leaf({ is: 'choice', of: ['rename', 'flag', 'stable'] }, 'Quand un fichier est prêt : renommé en place (les noms en .tmp, .part ou .filepart et les fichiers cachés sont laissés), accompagné d’un fichier « .ok », ou de taille stable.',
      'When a file is ready: renamed into place (names in .tmp, .part or .filepart and hidden files are left alone), with a ".ok" file beside it, or of a stable size.', 'rename', { default: 'rename' }),
    source: leaf({ is: 'text', shape: name }, 'Source de tout ce qui est déposé ici.', 'Source of all that is dropped here.', 'lab'),
  }, 'null'),
  mailbox: group('Boîte aux lettres (kind: mailbox) : les avis sur les courriels envoyés. Son TLS est celui du point d’entrée.', 'Mailbox (kind: mailbox): the notices on mails sent. Its TLS is the listener’s.', {
    source: leaf({ is: 'text', shape: name }, 'Source de tout ce qui arrive ici ; elle dit à quelles destinations les avis se rapportent (« notices »).', 'Source of all that comes here; it says which destinations the notices are about ("notices").', 'bal-mssante'),
    folder: leaf({ is: 'path' }, 'À la place d’IMAP, pour un essai : dossier de fichiers .eml, chacun renommé en place.', 'Instead of IMAP, for a trial: folder of .eml files, each renamed into place.', './bal', { default: null }),
    imap: group('Serveur IMAP de l’opérateur.', 'The operator’s IMAP server.', {
      host: leaf({ is: 'text' }, 'Nom du serveur.', 'Name of the server.', 'imap.operateur.mssante.fr'),
      port: leaf({ is: 'integer', min: 1, max: 65_535 }, 'Port du serveur.', 'Port of the server.', '993', { default: 993 }),
      security: leaf({ is: 'choice', of: ['tls', 'starttls'] }, 'TLS dès la connexion, ou STARTTLS ; jamais en clair.', 'TLS at once, or STARTTLS; never in clear.', 'tls', { default: 'tls' }),
      user: leaf({ is: 'text' }, 'Identifiant, d’ordinaire l’adresse de la BAL.', 'Login, usually the mailbox’s address.', 'bal-app@labo.mssante.fr'),
      password: leaf({ is: 'secret' }, 'Mot de passe, ou celui que l’opérateur demande à côté du certificat.', 'Password, or the one the operator asks for besides the certificate.', '{ file: secrets/bal }', { default: null }),
      token: leaf({ is: 'secret' }, 'Jeton OAuth 2 (XOAUTH2), relu à chaque connexion.', 'OAuth 2 token (XOAUTH2), read again at each connection.', '{ file: secrets/psc-token }', { default: null }),
      box: leaf({ is: 'text' }, 'Dossier relevé.', 'Folder that is read.', 'INBOX', { default: 'INBOX' }),
      doneBox: leaf({ is: 'text' }, 'Dossier où vont les avis une fois au journal ; créé s’il manque. Les courriels pour une personne restent où ils sont, marqués.', 'Folder where notices go once in the journal; made if missing. Mails for a person stay where they are, marked.', 'Traites', { default: 'Traites' }),
    }, 'null'),
    pollMs: leaf({ is: 'integer', min: 100, max: 3_600_000 }, 'Au plus tard tous les combien elle est relevée (ms) ; IMAP annonce les nouveaux courriels plus tôt.', 'How often it is read at least (ms); IMAP tells new mails sooner.', '60000', tuned(60_000)),
  }, 'null'),
  maxBytes: leaf({ is: 'integer', min: 1024, max: 268_435_456 }, 'Taille maximale d’un message, en octets.', 'Largest message, in bytes.', '33554432', tuned(33_554_432)),
  idleMs: leaf({ is: 'integer', min: 1000, max: 86_400_000 }, 'Une connexion muette est fermée après ce délai (ms).', 'A silent connection is closed after so long (ms).', '3600000', tuned(3_600_000)),
  frameMs: leaf({ is: 'integer', min: 1000, max: 3_600_000 }, 'Délai pour qu’un message commencé arrive en entier (ms) ; en MLLP, compté à nouveau tous les 256 Kio.', 'Time for a message that began to arrive whole (ms); over MLLP, counted anew at each 256 KiB.', '60000', tuned(60_000)),
  maxConnections: leaf({ is: 'integer', min: 1, max: 10_000 }, 'Connexions simultanées.', 'Connections at once.', '256', tuned(256)),
});
