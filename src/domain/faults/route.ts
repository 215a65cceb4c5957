import { faults } from '../fault.ts';

const volet = 'CI-SIS Transmission CDA-R2 HL7 v2 2.1';

/** Reasons of deliveries and faults of routing. A reason's severity is what an operator sees beside it. */
export const routeFaults = faults({
  'route.flag': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'sender',
    text: { fr: 'Demandé par le message ({0}).', en: 'Asked for by the message ({0}).' }, advice: { fr: 'Rien à faire.', en: 'Nothing to do.' }, spec: `${volet}, MetaDMPMSS`,
  },
  'route.rule': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'operator',
    text: { fr: 'Règle « {0} » de la configuration.', en: 'Rule “{0}” of the configuration.' }, advice: { fr: 'Rien à faire.', en: 'Nothing to do.' }, spec: '',
  },
  'route.application-acknowledgement': {
    stage: 'acknowledge', severity: 'information', class: 'permanent', blame: 'sender',
    text: { fr: 'Acquittement applicatif du mode étendu.', en: 'Application acknowledgement of enhanced mode.' }, advice: { fr: 'Rien à faire.', en: 'Nothing to do.' }, spec: 'HL7 v2.5 §2.9.3',
  },
  'route.notice-positive': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'receiver',
    text: { fr: 'Accusé métier {0} positif reçu.', en: 'Positive business acknowledgement {0} received.' }, advice: { fr: 'Rien à faire.', en: 'Nothing to do.' }, spec: `${volet}, acquittements métier ZAM`,
  },
  'route.notice-negative': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'receiver',
    text: { fr: 'Accusé métier {0} négatif reçu (code {1}).', en: 'Negative business acknowledgement {0} received (code {1}).' },
    advice: { fr: 'Voyez le code du destinataire dans l’accusé, corrigez puis renvoyez sous un nouveau MSH-10.', en: 'See the receiver’s code in the acknowledgement, mend, then send under a new MSH-10.' }, spec: `${volet}, acquittements métier ZAM`,
  },
  'route.no-destination': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'operator',
    text: { fr: 'Aucune destination pour ce message : il est conservé et compté comme consommé.', en: 'No destination for this message: it is kept and counted as consumed.' },
    advice: { fr: 'Si un envoi est attendu, ajoutez une règle à la configuration (passerelle config test la vérifie).', en: 'If a delivery is expected, add a rule to the configuration (passerelle config test checks it).' }, spec: 'Passerelle invariant 4',
  },
  'route.event-not-withdrawn': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'operator',
    text: { fr: 'Ce message annule un mouvement ({0}) que la ligne de vie régionale a pu recevoir : le volet NdE n’a pas d’annulation, l’évènement y reste.', en: 'This message cancels a movement ({0}) that the regional timeline may have received: the NdE volet has no cancellation, the event stays there.' },
    advice: { fr: 'Prévenez la plateforme régionale si l’évènement doit y être retiré.', en: 'Tell the regional platform when the event must be taken off.' }, spec: 'ANS, volet Notification d’évènements 3.0.0, flux 3',
  },
  'route.connector-absent': {
    stage: 'deliver', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Retenu : le connecteur {0} n’est pas encore disponible dans cette version.', en: 'Held: the {0} connector is not available in this version yet.' },
    advice: { fr: 'L’envoi partira quand le connecteur sera installé ; rien n’est perdu.', en: 'The delivery leaves once the connector is installed; nothing is lost.' }, spec: '',
  },
  'route.destination-missing': {
    stage: 'route', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Le message demande {0}, mais la configuration n’a pas de destination de ce système.', en: 'The message asks for {0}, but the configuration has no destination of that system.' },
    advice: { fr: 'Ajoutez une destination « system: {0} » à la configuration, puis rejouez le message.', en: 'Add a destination “system: {0}” to the configuration, then replay the message.' }, spec: `${volet}, MetaDMPMSS`,
  },
  'route.identity-not-qualified': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Retenu : l’identité n’est pas qualifiée (INS et statut VALI).', en: 'Held: the identity is not qualified (INS and status VALI).' },
    advice: { fr: 'L’envoi part de lui-même dès qu’un message d’identité (A28, A31) apporte le statut VALI. Une identité usurpée, douteuse ou fictive (USUR, DOUT, FICT) ne libère jamais l’envoi, et personne ne peut le libérer : corrigez l’identité et faites renvoyer le message, ou abandonnez l’envoi.', en: 'The delivery leaves by itself once an identity message (A28, A31) brings status VALI. An identity that is usurped, doubtful or fictive (USUR, DOUT, FICT) never releases it, and nobody can: mend the identity and have the message sent again, or abandon the delivery.' },
    spec: `${volet}, DESTDMP ; référentiel INS`,
  },
  'route.test-to-production': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Refusé : message ou identité de test (MSH-11 T ou D, OID de test) pour une destination de production.', en: 'Refused: test message or identity (MSH-11 T or D, test OID) for a production destination.' },
    advice: { fr: 'Envoyez les messages de test vers le bac à sable.', en: 'Send test messages to the sandbox.' }, spec: 'Passerelle invariant 9 ; HL7 v2.5 §2.15.9.11',
  },
  'route.production-not-enabled': {
    stage: 'route', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Retenu : la destination est de production et n’est pas autorisée dans la configuration.', en: 'Held: the destination is a production one and is not enabled in the configuration.' },
    advice: { fr: 'Mettez « enabled: true » sur la destination quand le partenaire vous a ouvert la production.', en: 'Set “enabled: true” on the destination once the partner has opened production to you.' }, spec: '',
  },
  'route.dmp-opposition': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Refusé : le patient s’est opposé à l’alimentation de son DMP (ZFA-9 = IO).', en: 'Refused: the patient opposed the feeding of the DMP (ZFA-9 = IO).' },
    advice: { fr: 'Rien ne part vers le DMP tant que l’opposition n’est pas levée par un message d’identité.', en: 'Nothing leaves for the DMP until an identity message lifts the opposition.' }, spec: 'IHE PAM France 2.11, ZFA-9',
  },
  'route.dmp-consent-unknown': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'La non-opposition du patient au DMP n’est pas connue (ZFA-9 absent ou NA) : DESTDMP est suivi selon le réglage de la source.', en: 'The patient’s non-opposition to the DMP is not known (ZFA-9 absent or NA): DESTDMP is followed as the source’s setting says.' },
    advice: { fr: 'Faites envoyer ZFA-9 par la gestion administrative, ou réglez unknownConsent.', en: 'Have the administrative system send ZFA-9, or set unknownConsent.' }, spec: 'IHE PAM France 2.11, ZFA-9',
  },
  'route.dmp-type-code': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Refusé : le code de type du document ({0}) n’est pas admis par le DMP (JDV_J66).', en: 'Refused: the document’s type code ({0}) is not accepted by the DMP (JDV_J66).' },
    advice: { fr: 'Utilisez un code de JDV_J66-TypeCode-DMP, ou DESTDMP=N.', en: 'Use a code of JDV_J66-TypeCode-DMP, or DESTDMP=N.' }, spec: `${volet}, OBR-4 / JDV_J66`,
  },
  'route.dmp-restricted': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Document de confidentialité restreinte (confidentialityCode R ou V) demandé pour le DMP, où il ne devrait pas être partagé.', en: 'A document of restricted confidentiality (confidentialityCode R or V) is asked for the DMP, where it should not be shared.' },
    advice: { fr: 'Voyez avec son auteur, puis libérez ou abandonnez l’envoi. « restricted: send » de la destination DMP les laisse tous partir.', en: 'See with its author, then release or abandon the delivery. "restricted: send" of the DMP destination lets all of them leave.' }, spec: `${volet}, DESTDMP`,
  },
  'route.dmp-structure': {
    stage: 'route', severity: 'warning', class: 'configuration', blame: 'operator',
    text: { fr: 'Retenu : plusieurs destinations DMP sont configurées, et aucune n’est de la structure qui émet (PRT-8 de SB absent ou inconnu).', en: 'Held: several DMP destinations are configured, and none is of the structure that sends (PRT-8 of SB absent or unknown).' },
    advice: { fr: 'Ajoutez la structure à structure.id ou structure.also de sa destination, ou faites corriger PRT-8 chez l’émetteur ; puis recalculez le message (messages replan) et abandonnez cet envoi.', en: 'Add the structure to structure.id or structure.also of its destination, or have PRT-8 mended at the sender; then plan the message again (messages replan) and abandon this delivery.' }, spec: 'DMP, Identifiant_Structure du VIHF',
  },
  'route.mail-matrix': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'La combinaison de MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REP_LEGAUX, CONNEXION_SECRETE, DESTDMP, DESTMSSANTEPS et DESTMSSANTEPAT n’est pas au tableau publié : seuls les envois sûrs sont faits.', en: 'This combination of masking, visibility and mail flags is not in the published table: only the safe mails are sent.' },
    advice: { fr: 'Corrigez les drapeaux chez l’émetteur ; en mode strict le message serait rejeté.', en: 'Mend the flags at the sender; strict mode would reject the message.' },
    spec: `${volet}, règles de gestion MSSanté`, hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'business-rule',
  },
  'route.patient-mail-dropped': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le courriel au patient n’est pas envoyé : {0} l’interdit.', en: 'The mail to the patient is not sent: {0} forbids it.' },
    advice: { fr: 'Corrigez DESTMSSANTEPAT ou les drapeaux de visibilité.', en: 'Mend DESTMSSANTEPAT or the visibility flags.' }, spec: `${volet}, règles de gestion MSSanté`,
  },
  'route.replay': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'operator',
    text: { fr: 'Rejoué par un opérateur.', en: 'Replayed by an operator.' }, advice: { fr: 'Rien à faire.', en: 'Nothing to do.' }, spec: '',
  },
  'route.unsupported': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Ce type de message ({0}) n’est pas pris en charge.', en: 'This message type ({0}) is not supported.' },
    advice: { fr: 'Types acceptés : ORU^R01, MDM^T02/T04/T10, ADT de PAM France, ZAM, ACK, CDA.', en: 'Accepted types: ORU^R01, MDM^T02/T04/T10, ADT of PAM France, ZAM, ACK, CDA.' },
    spec: 'HL7 table 0357, 200', hl7: { ack: 'AE', err3: 200 }, http: 422, issue: 'not-supported',
  },
});
