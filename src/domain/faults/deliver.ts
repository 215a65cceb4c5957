import { faults } from '../fault.ts';

/** The delivery engine's own words; what a partner answers is in the connectors' part, `hl7v2out.*` and the like. */
export const deliverFaults = faults({
  'deliver.delivered': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'us', spec: '',
    text: { fr: 'Remis : le destinataire a pris le message en charge', en: 'Delivered: the recipient has taken it over' },
    advice: { fr: 'Rien à faire', en: 'Nothing to do' },
  },
  'deliver.submitted': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'us', spec: '',
    text: { fr: 'Accepté par le relais du destinataire, avis de remise attendu', en: 'Accepted by the recipient\'s relay, its notice is awaited' },
    advice: { fr: 'Rien à faire : l\'avis ou son échéance clôt la remise', en: 'Nothing to do: the notice, or its deadline, settles it' },
  },
  'deliver.found': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'us', spec: '',
    text: { fr: 'Retrouvé chez le destinataire après une issue incertaine : remis, non renvoyé', en: 'Found at the recipient after an uncertain outcome: delivered, not sent again' },
    advice: { fr: 'Rien à faire', en: 'Nothing to do' },
  },
  'deliver.no-notice': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'receiver', spec: '',
    text: { fr: 'Remis sans avis : aucun avis n\'est arrivé dans le délai', en: 'Delivered (no notice): no notice came within its window' },
    advice: { fr: 'Si la remise importe, demander au destinataire s\'il l\'a reçue', en: 'If it matters, ask the recipient whether it came' },
  },
  'deliver.deadline': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: '',
    text: { fr: 'Non remis avant l\'échéance : toutes les tentatives ont échoué', en: 'Not delivered before its deadline: every attempt failed' },
    advice: { fr: 'Voir les tentatives, rétablir le destinataire, puis rejouer le message', en: 'See the attempts, mend the destination, then replay the message' },
    hl7: { ack: 'AE', err3: 207, err5: 906 },
  },
  'deliver.deadline-in-doubt': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: '',
    text: { fr: 'Échéance passée sans savoir si le destinataire l\'a reçu', en: 'Deadline passed without knowing whether the recipient has it' },
    advice: { fr: 'Demander au destinataire s\'il l\'a reçu avant de rejouer', en: 'Ask the recipient whether it came before replaying' },
    hl7: { ack: 'AE', err3: 207, err5: 906 },
  },
  'deliver.alone-misconfigured': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'Arrêté à chaque essai par un défaut de configuration que les autres remises ne rencontrent pas', en: 'Stopped at each attempt by a configuration fault that other deliveries do not meet' },
    advice: { fr: 'Voir la faute de la dernière tentative : elle tient sans doute à ce message ou à son émetteur ; corriger, puis libérer ou abandonner', en: 'See the fault of the last attempt: it is likely this message\'s or its sender\'s; mend it, then release or abandon' },
  },
  'deliver.withdrawn-since': {
    stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'Le document a été supprimé ou remplacé depuis, par le message {0} : il n\'est pas remontré', en: 'The document was withdrawn or replaced since, by message {0}: it is not shown again' },
    advice: { fr: 'Abandonner cette remise ; s\'il faut montrer un document, l\'émetteur en envoie une nouvelle version', en: 'Abandon this delivery; where a document must be shown, its sender sends a new version' },
  },
  'deliver.waits-for': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'us', spec: '',
    text: { fr: 'Attend une remise antérieure du même document ({0})', en: 'Waits for an earlier delivery of the same document ({0})' },
    advice: { fr: 'Libéré de lui-même quand elle sera close ; sinon libérer ou abandonner celle-là', en: 'Released by itself once that one is final; else release or abandon that one' },
  },
  'deliver.waits-for-initial': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'sender', spec: '',
    text: { fr: 'Attend la version à remplacer ou à supprimer, que la passerelle n\'a pas encore reçue', en: 'Waits for the version to replace or delete, which the gateway was not brought yet' },
    advice: { fr: 'Rien à faire : elle part d\'elle-même après cette version. Si celle-ci ne doit pas venir, libérer ou abandonner', en: 'Nothing to do: it goes by itself after that version. Where that one is not to come, release or abandon' },
  },
  'deliver.initial-missing': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, applicationErrorCondition 900',
    text: { fr: 'La version à remplacer ou à supprimer n\'est pas chez le destinataire, et la passerelle ne l\'a jamais reçue', en: 'The version to replace or delete is not with the recipient, and the gateway was never brought it' },
    advice: { fr: 'Demander cette version à l\'émetteur, puis libérer ; ou abandonner : l\'émetteur en est alors averti', en: 'Ask the sender for that version, then release; or abandon: the sender is then told' },
    hl7: { ack: 'AE', err3: 207, err5: 900 },
  },
  'deliver.overtaken': {
    stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'sender', spec: '',
    text: { fr: 'Le document est déjà remplacé ou supprimé par le message {0}, traité avant lui et qui ne l\'attend pas ici : il n\'est pas montré', en: 'The document is already replaced or withdrawn by message {0}, which was handled before it and does not wait for it here: it is not shown' },
    advice: { fr: 'Vérifier que le message indiqué est bien arrivé, puis abandonner cette remise', en: 'Check that the message named has arrived, then abandon this delivery' },
  },
  'deliver.in-doubt': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: '',
    text: { fr: 'Le destinataire ne peut dire s\'il a reçu la tentative précédente', en: 'The recipient cannot say whether it has the earlier attempt' },
    advice: { fr: 'Rien à faire : la question sera reposée avant tout renvoi', en: 'Nothing to do: it is asked again before anything is sent' },
  },
  'deliver.cut-off': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: '',
    text: { fr: 'Pas de réponse dans le temps d\'une tentative : reçu ou non, on ne sait pas', en: 'No answer within the time of an attempt: taken or not, it is not known' },
    advice: { fr: 'Vérifier que le destinataire répond ; au besoin allonger attemptMs', en: 'Check that the destination answers; lengthen attemptMs if it is slow' },
  },
  'deliver.connector-failed': {
    stage: 'deliver', severity: 'error', class: 'ambiguous', blame: 'us', spec: '',
    text: { fr: 'Le connecteur a échoué sans donner d\'issue ({0})', en: 'The connector failed without an outcome ({0})' },
    advice: { fr: 'Signaler le défaut avec l\'identifiant de trace', en: 'Report the defect with the trace id' },
  },
  'deliver.defect': {
    stage: 'deliver', severity: 'error', class: 'transient', blame: 'us', spec: '',
    text: { fr: 'Défaut interne pendant une remise ({0}) : sa file attend, les autres continuent', en: 'Internal defect during a delivery ({0}): its lane waits, the others go on' },
    advice: { fr: 'Signaler le défaut avec l\'identifiant de trace', en: 'Report the defect with the trace id' },
  },
  'deliver.prepare-failed': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'us', spec: '',
    text: { fr: 'L\'envoi n\'a pu être préparé ({0})', en: 'What is to be sent could not be prepared ({0})' },
    advice: { fr: 'Signaler le défaut avec l\'identifiant de trace ; libérer la remise une fois corrigé', en: 'Report the defect with the trace id; release the delivery once mended' },
  },
  'deliver.resolve-failed': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: '',
    text: { fr: 'Le destinataire n\'a pas répondu à la question préalable à l\'envoi', en: 'The destination did not answer what must be asked before sending' },
    advice: { fr: 'Rien à faire : la question sera reposée', en: 'Nothing to do: it will be asked again' },
  },
  'deliver.released': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'Libéré par un opérateur', en: 'Released by an operator' },
    advice: { fr: 'Rien à faire', en: 'Nothing to do' },
  },
  'deliver.kept-unconnected': {
    stage: 'deliver', severity: 'warning', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'Elle ne part pas encore : le connecteur {0} n\'existe pas dans cette version', en: 'It does not leave yet: there is no {0} connector in this version' },
    advice: { fr: 'Elle partira quand une version qui l\'a sera installée ; rien n\'est perdu. Sinon l\'abandonner', en: 'It leaves once a version that has it is installed; nothing is lost. Else abandon it' },
  },
  'deliver.kept-unconfigured': {
    stage: 'deliver', severity: 'warning', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'Elle ne part pas : la configuration n\'a plus de destination {0}', en: 'It does not leave: the configuration has no destination {0} any more' },
    advice: { fr: 'Remettre cette destination dans la configuration, ou abandonner la remise', en: 'Put that destination back in the configuration, or abandon the delivery' },
  },
  'deliver.kept-paused': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'operator', spec: '',
    text: { fr: 'Elle ne part pas encore : la destination {0} est suspendue', en: 'It does not leave yet: destination {0} is paused' },
    advice: { fr: 'Voir « destinations list » : qui, quand et pourquoi ; elle partira à « destinations resume »', en: 'See "destinations list": who, when and why; it leaves at "destinations resume"' },
  },
  'deliver.kept-breaker': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'receiver', spec: '',
    text: { fr: 'Elle ne part pas encore : la destination {0} est en panne, une seule remise est tentée de temps en temps', en: 'It does not leave yet: destination {0} is failing, a single delivery is tried from time to time' },
    advice: { fr: 'Rien à faire : elle partira quand la destination répondra ; voir « doctor »', en: 'Nothing to do: it leaves when the destination answers; see "doctor"' },
  },
  'deliver.kept-journal': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'operator', spec: '',
    text: { fr: 'Elle ne part pas encore : le journal refuse d\'écrire, tous les envois attendent', en: 'It does not leave yet: the journal refuses to write, all sending waits' },
    advice: { fr: 'Voir « doctor » ; les envois reprennent seuls', en: 'See "doctor"; sending resumes by itself' },
  },
  'deliver.kept-gateway': {
    stage: 'deliver', severity: 'information', class: 'transient', blame: 'operator', spec: '',
    text: { fr: 'Elle ne part pas encore : la passerelle n\'est pas en marche', en: 'It does not leave yet: the gateway is not running' },
    advice: { fr: 'Elle partira au prochain démarrage', en: 'It leaves at the next start' },
  },
  'deliver.released-by-facts': {
    stage: 'deliver', severity: 'information', class: 'permanent', blame: 'us', spec: '',
    text: { fr: 'Libéré : la cause de la retenue a disparu', en: 'Released: what held it is gone' },
    advice: { fr: 'Rien à faire', en: 'Nothing to do' },
  },
  'deliver.abandoned': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'Abandonné par un opérateur', en: 'Abandoned by an operator' },
    advice: { fr: 'Voir la raison donnée ; rejouer le message au besoin', en: 'See the reason given; replay the message if need be' },
    hl7: { ack: 'AE', err3: 207, err5: 906 },
  },
  'deliver.acknowledge-failed': {
    stage: 'acknowledge', severity: 'error', class: 'permanent', blame: 'us', spec: '',
    text: { fr: 'L\'acquittement métier n\'a pu être écrit ({0})', en: 'The business acknowledgement could not be written ({0})' },
    advice: { fr: 'Signaler le défaut avec l\'identifiant de trace ; prévenir l\'émetteur', en: 'Report the defect with the trace id; tell the sender' },
  },
  'deliver.journal-paused': {
    stage: 'deliver', severity: 'error', class: 'transient', blame: 'operator', spec: '',
    text: { fr: 'Le journal refuse d\'écrire ({0}) : les envois attendent', en: 'The journal refuses to write ({0}): sending waits' },
    advice: { fr: 'Libérer de la place ou rétablir le disque ; les envois reprennent seuls', en: 'Free some space or mend the disk; sending resumes by itself' },
  },
  'deliver.no-such-delivery': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 404, issue: 'not-found',
    text: { fr: 'Aucune remise ne porte ce numéro', en: 'No delivery has this number' },
    advice: { fr: 'Voir les numéros avec messages show', en: 'See the numbers with messages show' },
  },
  'deliver.no-such-destination': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'Aucune destination {0} dans la configuration (connues : {1})', en: 'No destination {0} in the configuration (known: {1})' },
    advice: { fr: 'Donner son identifiant tel qu\'il est dans « destinations »', en: 'Give its id as it is in "destinations"' }, http: 404, issue: 'not-found',
  },
  'deliver.already-paused': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'La destination {0} est déjà suspendue', en: 'Destination {0} is paused already' },
    advice: { fr: 'Voir « destinations list » : qui, quand et pourquoi', en: 'See "destinations list": who, when and why' }, http: 409, issue: 'conflict',
  },
  'deliver.not-paused': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '',
    text: { fr: 'La destination {0} n\'est pas suspendue', en: 'Destination {0} is not paused' },
    advice: { fr: 'Si rien ne part, voir « doctor » et « messages show »', en: 'If nothing leaves, see "doctor" and "messages show"' }, http: 409, issue: 'conflict',
  },
  'deliver.already-final': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 409, issue: 'conflict',
    text: { fr: 'La remise est close ({0}) : elle ne change plus', en: 'The delivery is final ({0}): it cannot change' },
    advice: { fr: 'Rejouer le message pour un nouvel envoi', en: 'Replay the message to send again' },
  },
  'deliver.under-way': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 409, issue: 'conflict',
    text: { fr: 'Une tentative est en cours', en: 'An attempt is under way' },
    advice: { fr: 'Réessayer quand elle sera finie', en: 'Try again when it has ended' },
  },
  'deliver.not-held': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 409, issue: 'conflict',
    text: { fr: 'Seule une remise retenue peut être libérée ; celle-ci est {0}', en: 'Only a held delivery can be released; this one is {0}' },
    advice: { fr: 'Rien à libérer', en: 'Nothing to release' },
  },
  'deliver.check-failed': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'Le contrôle de la destination échoue : {0}', en: 'The check of the destination fails: {0}' },
    advice: { fr: '« doctor » refait ce contrôle. Voyez l’adresse, les certificats et le réseau ; rien n’est perdu, ce qui attend part quand le partenaire répond.', en: '"doctor" makes this check again. See the address, the certificates and the network; nothing is lost, what waits leaves when the partner answers.' },
  },
  'hl7v2out.refused': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: 'HL7 v2.5 2.14.8.1 MSA-1 (AE, CE)',
    text: { fr: 'Le système destinataire refuse le message ({0})', en: 'The receiving system refuses the message ({0})' },
    advice: { fr: 'Voir les erreurs données (ERR), corriger, puis rejouer le message', en: 'See the errors given (ERR), mend, then replay the message' },
    hl7: { ack: 'AE', err3: 207, err5: 906 },
  },
  'hl7v2out.unsupported': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: 'HL7 v2.5 table 0357 (200 to 203)',
    text: { fr: 'Le système destinataire ne traite pas ce type, cette version ou ce mode de message ({0})', en: 'The receiving system takes no message of this type, version or processing mode ({0})' },
    advice: { fr: 'Corriger la règle qui mène à ce destinataire, ou sa configuration, puis rejouer', en: 'Mend the rule that leads to this destination, or its configuration, then replay' },
    hl7: { ack: 'AE', err3: 207, err5: 906 },
  },
  'hl7v2out.rejected': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: 'HL7 v2.5 2.14.8.1 MSA-1 (AR, CR)',
    text: { fr: 'Le système destinataire ne peut prendre le message maintenant ({0})', en: 'The receiving system cannot take the message now ({0})' },
    advice: { fr: 'Rien à faire : le message sera renvoyé', en: 'Nothing to do: it will be sent again' },
  },
  'hl7v2out.unreachable': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: '',
    text: { fr: 'Le système destinataire est injoignable : rien n\'a été envoyé', en: 'The receiving system cannot be reached: nothing was sent' },
    advice: { fr: 'Vérifier l\'adresse, le réseau et que le système écoute', en: 'Check the address, the network and that the system listens' },
  },
  'hl7v2out.certificate': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator', spec: '',
    text: { fr: 'La connexion sécurisée au système destinataire échoue : certificats', en: 'The secure connection to the receiving system fails: certificates' },
    advice: { fr: 'Vérifier l\'autorité, la date et le nom du certificat du destinataire, et le nôtre', en: 'Check the authority, dates and name of its certificate, and ours' },
  },
  'hl7v2out.no-answer': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: 'HL7 v2.5 2.9.2',
    text: { fr: 'Envoyé, mais aucun acquittement de ce message n\'est venu', en: 'Sent, but no acknowledgement of this message came' },
    advice: { fr: 'Rien à faire : renvoyé sous le même MSH-10, signalé comme doublon possible, après l\'attente de preuve', en: 'Nothing to do: sent again under the same MSH-10, flagged, after the evidence window' },
  },
  'hl7v2out.connection-lost': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: 'HL7 v2.5 2.9.2',
    text: { fr: 'Connexion perdue après l\'envoi, avant l\'acquittement', en: 'Connection lost after sending, before the acknowledgement' },
    advice: { fr: 'Rien à faire : renvoyé sous le même MSH-10, signalé comme doublon possible, après l\'attente de preuve', en: 'Nothing to do: sent again under the same MSH-10, flagged, after the evidence window' },
  },
  'hl7v2out.unreadable': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: 'HL7 v2.5 table 0008',
    text: { fr: 'La réponse du système destinataire n\'est pas un acquittement connu', en: 'The receiving system\'s answer is no known acknowledgement' },
    advice: { fr: 'Voir MSA-1 avec l\'éditeur du système destinataire', en: 'See MSA-1 with the vendor of the receiving system' },
  },
});
