import { faults } from '../fault.ts';

const invariant9 = 'Passerelle invariant 9 (right person); CI-SIS Transmission CDA-R2 HL7 v2 2.1, applicationErrorCondition';

/** Faults of identity, consent and document series: a message against itself, or against what earlier messages taught. */
export const factsFaults = faults({
  'facts.ins-differs': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le matricule INS du message ({0}) et celui du document ({1}) ne sont pas le même.', en: 'The INS of the message ({0}) and of the document ({1}) are not the same.' },
    advice: { fr: 'Vérifiez que le document joint est bien celui du patient du message, puis renvoyez l’ensemble sous un nouveau MSH-10.', en: 'Check that the attached document belongs to the message’s patient, then send both again under a new MSH-10.' },
    spec: invariant9, hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'business-rule',
  },
  'facts.identifier-differs': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message ({0}) et le document ({1}) donnent deux numéros différents sous la même autorité.', en: 'The message ({0}) and the document ({1}) give two different numbers under the same authority.' },
    advice: { fr: 'Vérifiez que le document joint est bien celui du patient du message.', en: 'Check that the attached document belongs to the message’s patient.' },
    spec: invariant9, hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'business-rule',
  },
  'facts.no-identifier-in-common': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le message ({0}) et le document ({1}) n’ont aucun identifiant de patient en commun.', en: 'The message ({0}) and the document ({1}) have no patient identifier in common.' },
    advice: { fr: 'PID-3 doit reprendre les identifiants de recordTarget/patientRole/id du CDA, autorité comprise.', en: 'PID-3 must repeat the identifiers of the CDA’s recordTarget/patientRole/id, authority included.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, PID-3', hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'business-rule',
  },
  'facts.birth-date-differs': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'La date de naissance du message ({0}) et celle du document ({1}) diffèrent.', en: 'The birth date of the message ({0}) and of the document ({1}) differ.' },
    advice: { fr: 'Vérifiez l’identité du patient dans les deux systèmes.', en: 'Check the patient’s identity in both systems.' },
    spec: invariant9, hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'business-rule',
  },
  'facts.sex-differs': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le sexe donné par le message ({0}) et par le document ({1}) diffère.', en: 'The sex given by the message ({0}) and by the document ({1}) differs.' },
    advice: { fr: 'Vérifiez l’identité du patient dans les deux systèmes.', en: 'Check the patient’s identity in both systems.' },
    spec: invariant9, hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'business-rule',
  },
  'facts.birth-name-differs': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le nom ou le prénom de naissance donné par le message ({0}) et par le document ({1}) diffère.', en: 'The birth name or first given name told by the message ({0}) and by the document ({1}) differs.' },
    advice: { fr: 'Les numéros, la date de naissance et le sexe concordent ; vérifiez tout de même de qui il s’agit.', en: 'Numbers, birth date and sex agree; check all the same who this is about.' },
    spec: invariant9, issue: 'business-rule',
  },
  'facts.ins-absent-from-document': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le document ({0}) destiné au DMP ne porte pas de matricule INS.', en: 'The document ({0}) for the DMP carries no INS.' },
    advice: { fr: 'Ajoutez l’INS et son OID dans recordTarget/patientRole/id du CDA.', en: 'Add the INS and its OID to the CDA’s recordTarget/patientRole/id.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, applicationErrorCondition 903', hl7: { ack: 'AE', err3: 207, err5: 903 }, http: 422, issue: 'business-rule',
  },
  'facts.contradicts-known-identity': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'L’identité du message ({0}) contredit ce que des messages antérieurs ont appris de ce patient : les envois sont retenus.', en: 'The message’s identity ({0}) contradicts what earlier messages taught about this patient: deliveries are held.' },
    advice: { fr: 'Vérifiez l’identité auprès de la cellule d’identitovigilance, puis libérez ou abandonnez les envois.', en: 'Check the identity with the identity-vigilance team, then release or abandon the deliveries.' },
    spec: invariant9,
  },
  'facts.ins-doubted-since': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Retenu : un message arrivé depuis dit que l’identité n’est plus validée (PID-32), et l’envoi porte l’INS.', en: 'Held: a message that came since says that the identity is validated no more (PID-32), and the delivery carries the INS.' },
    advice: { fr: 'L’envoi part de lui-même dès qu’un message d’identité (A28, A31) redonne le statut VALI. Sinon corrigez le message avec le statut d’aujourd’hui (il part alors sans INS), ou abandonnez l’envoi ; personne ne peut le libérer.', en: 'The delivery leaves by itself once an identity message (A28, A31) gives status VALI again. Else correct the message with today’s status (it then leaves without INS), or abandon the delivery; nobody can release it.' },
    spec: 'Passerelle invariant 9 ; référentiel INS',
  },
  'facts.document-known': {
    stage: 'route', severity: 'information', class: 'permanent', blame: 'sender',
    text: { fr: 'Ce document ({0}) a déjà été reçu à l’identique sous un autre identifiant de message : il n’est pas renvoyé là où il est déjà parti.', en: 'This document ({0}) was already received, identical, under another message id: it is not sent again where it already went.' },
    advice: { fr: 'Rien à faire.', en: 'Nothing to do.' },
    spec: 'Passerelle, réception exactement une fois',
  },
  'facts.document-id-reused': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'L’identifiant du document ({0}) a déjà servi pour un autre contenu.', en: 'The document id ({0}) was already used for other content.' },
    advice: { fr: 'Donnez un nouvel identifiant au document, et relatedDocument RPLC s’il remplace le précédent.', en: 'Give the document a new id, and relatedDocument RPLC if it replaces the earlier one.' },
    spec: 'CDA R2 §4.2.1.1 ClinicalDocument.id ; IHE ITI TF-3 DocumentEntry.uniqueId', hl7: { ack: 'AE', err3: 207, err5: 900 }, http: 422, issue: 'duplicate',
  },
  'facts.document-other-patient': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le document à remplacer ou à supprimer ({0}) est celui d’un autre patient.', en: 'The document to replace or delete ({0}) is another patient’s.' },
    advice: { fr: 'Vérifiez l’identifiant du document et les identifiants du patient, puis renvoyez sous un nouveau MSH-10.', en: 'Check the document’s id and the patient’s identifiers, then send again under a new MSH-10.' },
    spec: invariant9, hl7: { ack: 'AE', err3: 207, err5: 904 }, http: 422, issue: 'business-rule',
  },
  'facts.document-other-source': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le document à remplacer ou à supprimer ({0}) a été envoyé par une autre source.', en: 'The document to replace or delete ({0}) was sent by another source.' },
    advice: { fr: 'Seul l’émetteur du document peut le remplacer ou le supprimer.', en: 'Only who sent the document may replace or delete it.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, applicationErrorCondition 901', hl7: { ack: 'AE', err3: 207, err5: 901 }, http: 422, issue: 'forbidden',
  },
  'facts.document-replaced': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le document ({0}) a déjà été remplacé par un message reçu ou traité avant lui : cette version n’est pas diffusée.', en: 'The document ({0}) was already replaced by a message received or handled before it: this version is not sent.' },
    advice: { fr: 'Rien à faire si la version suivante est la bonne ; sinon envoyez un nouveau document qui la remplace.', en: 'Nothing to do if the next version is the right one; else send a new document that replaces it.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, remplacement ; CDA R2 §4.2.3.1 relatedDocument', hl7: { ack: 'AE', err3: 207, err5: 900 }, http: 422, issue: 'business-rule',
  },
  'facts.document-unhidden': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'La version précédente du document portait {0} ; celle-ci ne le porte plus, sans MODIF_CONF_CODE = Y.', en: 'The earlier version of the document had {0}; this one has it no more, without MODIF_CONF_CODE = Y.' },
    advice: { fr: 'Si le document doit devenir visible, envoyez un remplacement avec MODIF_CONF_CODE = Y ; sinon remettez l’indicateur à Y.', en: 'If the document is to be shown, send a replacement with MODIF_CONF_CODE = Y; else set the flag to Y again.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, MetaDMPMSS, MODIF_CONF_CODE', hl7: { ack: 'AE', err3: 207, err5: 906 }, http: 422, issue: 'business-rule',
  },
  'facts.document-shown-otherwise': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Retenu : le même document est déjà parti vers la région avec une autre visibilité (MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REP_LEGAUX), qu’elle garde.', en: 'Held: the same document already went to the region with another visibility (MASQUE_PS, INVISIBLE_PATIENT, INVISIBLE_REP_LEGAUX), which it keeps.' },
    advice: { fr: 'Demandez à l’émetteur un remplacement avec MODIF_CONF_CODE = Y, puis abandonnez cet envoi. Libéré, il ne changerait rien : le document resterait visible comme avant.', en: 'Ask the sender for a replacement with MODIF_CONF_CODE = Y, then abandon this delivery. Released, it would change nothing: the document would stay visible as before.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, MetaDMPMSS, MODIF_CONF_CODE',
  },
  'facts.document-overtaken': {
    stage: 'route', severity: 'warning', class: 'permanent', blame: 'sender',
    text: { fr: 'Le document ({0}) arrive après le message qui le remplace ou le supprime : il ne part que là où ce message l’attend.', en: 'The document ({0}) comes after the message that replaces or deletes it: it goes only where that message waits for it.' },
    advice: { fr: 'Envoyez les versions d’un document dans l’ordre, sur une même connexion.', en: 'Send the versions of a document in order, on one connection.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, remplacement et suppression',
  },
  'facts.document-deleted': {
    stage: 'route', severity: 'error', class: 'permanent', blame: 'sender',
    text: { fr: 'Le document ({0}) a été supprimé par un message antérieur.', en: 'The document ({0}) was deleted by an earlier message.' },
    advice: { fr: 'Envoyez un nouveau document avec un nouvel identifiant.', en: 'Send a new document with a new id.' },
    spec: 'CI-SIS Transmission CDA-R2 HL7 v2 2.1, suppression', hl7: { ack: 'AE', err3: 207, err5: 900 }, http: 422, issue: 'business-rule',
  },
});
