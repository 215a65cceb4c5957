import { faults } from '../fault.ts';

/** Faults of the configuration. `{0}` is the setting, a file or a variable; never a secret's content. */
export const configFaults = faults({
  'config.file-unreadable': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le fichier « {0} » ne peut pas être lu ({1}).', en: 'File "{0}" cannot be read ({1}).' },
    advice: { fr: 'Vérifiez le chemin et les droits du compte qui exécute la passerelle.', en: 'Check the path and the rights of the account that runs the gateway.' },
    spec: '',
  },
  'config.variable-unset': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La variable d’environnement « {0} » est absente ou vide.', en: 'Environment variable "{0}" is absent or empty.' },
    advice: { fr: 'Donnez-lui une valeur avant de démarrer, ou utilisez « file: ».', en: 'Give it a value before starting, or use "file:".' },
    spec: '',
  },
  'config.tls-unusable': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le certificat, la clé ou l’autorité de « {0} » ne peuvent pas être utilisés : {1}.', en: 'The certificate, key or authority of "{0}" cannot be used: {1}.' },
    advice: { fr: 'Vérifiez que la clé va avec le certificat, le format (PEM ou PKCS#12) et le mot de passe.', en: 'Check that the key goes with the certificate, the format (PEM or PKCS#12) and the passphrase.' },
    spec: '',
  },
  'config.yaml': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le fichier n’est pas du YAML valable ici ({0}).', en: 'The file is not valid YAML here ({0}).' },
    advice: { fr: 'Vérifiez l’indentation, les guillemets et les clés répétées.', en: 'Check indentation, quotes and repeated keys.' },
    spec: '',
  },
  'config.unknown-setting': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le réglage « {0} » n’existe pas.', en: 'Setting "{0}" does not exist.' },
    advice: { fr: 'Réglages possibles ici : {1}.', en: 'Settings possible here: {1}.' },
    spec: '',
  },
  'config.missing': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le réglage « {0} » est obligatoire et absent.', en: 'Setting "{0}" is required and missing.' },
    advice: { fr: 'Ajoutez-le, par exemple : {1}', en: 'Add it, for example: {1}' },
    spec: '',
  },
  'config.invalid-value': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La valeur de « {0} » ne convient pas : il faut {1}.', en: 'The value of "{0}" does not fit: it must be {2}.' },
    advice: { fr: 'Corrigez la valeur ; « config explain » décrit chaque réglage.', en: 'Correct the value; "config explain" describes each setting.' },
    spec: '',
  },
  'config.duplicate': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: '« {0} » a la même valeur qu’un autre élément de « {1} ».', en: '"{0}" has the same value as another item of "{1}".' },
    advice: { fr: 'Donnez à chacun un nom (ou un port) qui lui est propre.', en: 'Give each one a name (or port) of its own.' },
    spec: '',
  },
  'config.dangling': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: '« {0} » n’est déclaré nulle part dans « {1} ».', en: '"{0}" is declared nowhere in "{1}".' },
    advice: { fr: 'Corrigez le nom, ou déclarez l’élément.', en: 'Correct the name, or declare the item.' },
    spec: '',
  },
  'config.package-missing': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le paquet FHIR « {0} », fixé pour « {1} », n’a pas été ajouté.', en: 'FHIR package "{0}", pinned for "{1}", was not added.' },
    advice: { fr: 'Ajoutez-le : passerelle packages add FICHIER.tgz', en: 'Add it: passerelle packages add FILE.tgz' },
    spec: '',
  },
  'config.secret-in-clear': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: '« {0} » contient un secret en clair.', en: '"{0}" holds a secret in clear.' },
    advice: { fr: 'Mettez-le dans un fichier ou une variable, et écrivez { file: … } ou { env: … } ; changez ce secret s’il a déjà circulé.', en: 'Put it in a file or a variable and write { file: … } or { env: … }; change this secret if it has been about.' },
    spec: '',
  },
  'config.wrong-secret': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: '« {0} » doit être { file: … } ou { env: … }.', en: '"{0}" must be { file: … } or { env: … }.' },
    advice: { fr: 'Indiquez un seul des deux, avec un chemin ou un nom de variable.', en: 'Give just one of the two, with a path or the name of a variable.' },
    spec: '',
  },
  'config.production-not-enabled': {
    stage: 'config', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Le partenaire de production « {0} » n’est pas activé : ses remises seront retenues.', en: 'Production partner "{0}" is not enabled: its deliveries will be held.' },
    advice: { fr: 'Écrivez « enabled: true » quand vous êtes prêt à lui envoyer de vraies données.', en: 'Write "enabled: true" when you are ready to send it real data.' },
    spec: '',
  },
  'config.listener-without-tls': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le point d’entrée « {0} » écoute hors de la boucle locale sans TLS.', en: 'Listener "{0}" listens off loopback without TLS.' },
    advice: { fr: 'Ajoutez « tls », ou écoutez sur 127.0.0.1 ; si un tunnel chiffre à sa place, écrivez « clearText: true ».', en: 'Add "tls", or listen on 127.0.0.1; if a tunnel encrypts in its stead, write "clearText: true".' },
    spec: '',
  },
  'config.clear-text': {
    stage: 'config', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Le point d’entrée « {0} » parle en clair hors de la boucle locale, à votre demande.', en: 'Listener "{0}" speaks in clear off loopback, at your request.' },
    advice: { fr: 'Vérifiez que rien d’autre que le tunnel ou le mandataire ne peut l’atteindre.', en: 'Check that nothing but the tunnel or proxy can reach it.' },
    spec: '',
  },
  'config.source-name-only': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La source « {0} » n’est reconnue qu’au nom que disent ses messages, sur « {1} » qui écoute hors de la boucle locale.', en: 'Source "{0}" is known only by the name in its messages, on "{1}" which listens off loopback.' },
    advice: { fr: 'Ajoutez « networks », « certificate » ou « token ».', en: 'Add "networks", "certificate" or "token".' },
    spec: '',
  },
  'config.certificate-never-shown': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La source « {0} » est reconnue à son certificat, mais « {1} » n’en demande pas.', en: 'Source "{0}" is known by its certificate, but "{1}" asks for none.' },
    advice: { fr: 'Activez « tls.mutual » sur ce point d’entrée.', en: 'Set "tls.mutual" on that listener.' },
    spec: '',
  },
  'config.token-never-shown': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'La source « {0} » est reconnue à son jeton, mais « {1} » n’est pas en HTTP.', en: 'Source "{0}" is known by its token, but "{1}" is not HTTP.' },
    advice: { fr: 'Utilisez « networks » ou « certificate » pour MLLP.', en: 'Use "networks" or "certificate" for MLLP.' },
    spec: '',
  },
  'config.keys-in-data': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le trousseau « {0} » est dans le dossier des données « {1} » : une sauvegarde emporterait la clé avec le coffre.', en: 'Key ring "{0}" is inside the data folder "{1}": a backup would carry the key with the safe.' },
    advice: { fr: 'Placez « keys » dans un autre dossier.', en: 'Put "keys" in another folder.' },
    spec: '',
  },
  'config.certificate-expires': {
    stage: 'config', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Le certificat de « {0} » expire le {1}.', en: 'The certificate of "{0}" expires on {1}.' },
    advice: { fr: 'Demandez son renouvellement et remplacez le fichier : il est repris sans redémarrage.', en: 'Have it renewed and replace the file: it is taken up without a restart.' },
    spec: '',
  },
  'config.certificate-expired': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le certificat de « {0} » a expiré le {1}.', en: 'The certificate of "{0}" expired on {1}.' },
    advice: { fr: 'Remplacez le fichier par un certificat valable.', en: 'Replace the file with a valid certificate.' },
    spec: '',
  },
  'config.address-unusable': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Le point d’entrée « {0} » ne peut pas écouter sur {1} ({2}).', en: 'Listener "{0}" cannot listen on {1} ({2}).' },
    advice: { fr: 'EADDRINUSE : un autre programme tient ce port. EACCES : un port sous 1024 demande un droit. EADDRNOTAVAIL : cette adresse n’est pas celle de la machine.', en: 'EADDRINUSE: another program holds this port. EACCES: a port below 1024 needs a right. EADDRNOTAVAIL: this address is not the machine’s.' },
    spec: '',
  },
  'config.rule-test-failed': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'L’essai « {0} » donne {1} au lieu de {2}.', en: 'Test "{0}" gives {1} instead of {2}.' },
    advice: { fr: 'Corrigez la règle, ou l’essai.', en: 'Correct the rule, or the test.' },
    spec: '',
  },
  'config.connector-settings': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator',
    text: { fr: 'Les réglages du connecteur de « {0} » ne conviennent pas : {1}', en: 'The connector settings of "{0}" do not fit: {1}' },
    advice: { fr: 'La page du connecteur (connectors/…/README.md) décrit ses réglages.', en: 'The connector’s page (connectors/…/README.md) describes its settings.' },
    spec: '',
  },
  'config.rule-to-dmp': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator', spec: 'CI-SIS Transmission CDA-R2 HL7 v2, DESTDMP',
    text: { fr: 'La règle « {0} » mène à « {1} », un DMP : un document n’y va que par l’indicateur DESTDMP de son message, qui dit aussi qui peut le voir.', en: 'Rule "{0}" leads to "{1}", a DMP: a document goes there only by its message’s flag DESTDMP, which also says who may see it.' },
    advice: { fr: 'Retirez cette destination de la règle ; faites envoyer DESTDMP = Y par l’émetteur.', en: 'Take this destination out of the rule; have the sender set DESTDMP = Y.' },
  },
  'config.dmp-structure-shared': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator', spec: 'DMP, Identifiant_Structure du VIHF',
    text: { fr: 'Les destinations DMP « {0} » et « {1} » parlent toutes deux pour la structure {2} : rien ne dit par laquelle ses documents partent.', en: 'DMP destinations "{0}" and "{1}" both speak for structure {2}: nothing says by which its documents leave.' },
    advice: { fr: 'Gardez chaque structure (structure.id, structure.also) dans une seule destination DMP.', en: 'Keep each structure (structure.id, structure.also) in one DMP destination only.' },
  },
  'config.mailbox-place': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'Une boîte aux lettres est soit un serveur (« imap »), soit un dossier (« folder ») : l’un des deux, et un seul.', en: 'A mailbox is either a server ("imap") or a folder ("folder"): one of the two, and only one.' },
    advice: { fr: 'Gardez « imap » en exploitation, « folder » pour un essai.', en: 'Keep "imap" in operation, "folder" for a trial.' },
  },
  'config.mailbox-login': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'Une boîte IMAP s’ouvre par « password » ou par « token » : l’un des deux, et un seul.', en: 'An IMAP mailbox is opened by "password" or by "token": one of the two, and only one.' },
    advice: { fr: 'Donnez celui que l’opérateur demande, à côté du certificat client (« tls » du point d’entrée).', en: 'Give the one the operator asks for, besides the client certificate (the listener’s "tls").' },
  },
  'config.notices-elsewhere': {
    stage: 'config', severity: 'error', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'La source « {0} » est une boîte aux lettres (« notices »), mais elle est aussi admise par {1} : n’importe quel message y passerait pour un avis.', en: 'The source "{0}" is a mailbox ("notices"), but {1} lets it in too: any message there would pass for a notice.' },
    advice: { fr: 'Donnez à la boîte une source à elle, avec le seul point d’entrée « kind: mailbox ».', en: 'Give the mailbox a source of its own, with the "kind: mailbox" listener only.' },
  },
});
