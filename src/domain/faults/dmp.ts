import { faults } from '../fault.ts';

const td = 'DMP, volet LPS (TD2.1, TD3.1b, TD3.3c)';
const xds = 'IHE ITI TF-3 table 4.2.4.1-2';
const ours = 'Passerelle, connecteur dmp';
const told = { ack: 'AE', err3: 207, err5: 906 } as const;

/** What the DMP answers, or fails to (dmp.md §1.6). `{0}` is a code as the DMP gave it. Its own words are kept beside, in the journal. */
export const dmpFaults = faults({
  'dmp.busy': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: xds, issue: 'throttled',
    text: { fr: 'Le DMP ne peut prendre le lot maintenant ({0}).', en: 'The DMP cannot take the lot now ({0}).' },
    advice: { fr: 'Rien à faire : le même lot repart de lui-même.', en: 'Nothing to do: the same lot leaves again by itself.' },
  },
  'dmp.internal-error': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: xds, issue: 'exception',
    text: { fr: 'Erreur interne du DMP ({0}) : il est interrogé avant tout renvoi, puis la remise est laissée à un opérateur.', en: 'Internal error of the DMP ({0}): it is asked before anything is sent again, then the delivery is left to an operator.' },
    advice: { fr: 'Si elle est retenue, voyez les mots du DMP (messages show --reveal), puis libérez-la.', en: 'If it is held, see the DMP’s words (messages show --reveal), then release it.' },
  },
  'dmp.duplicate': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: xds, hl7: told, issue: 'duplicate',
    text: { fr: 'Le DMP dit l’identifiant unique du lot ou du document déjà pris ({0}), et n’y montre pas ce document.', en: 'The DMP says that the unique id of the lot or document is taken ({0}), and does not show this document under it.' },
    advice: { fr: 'Consultez le DMP : le document a pu être supprimé, ou l’identifiant servir à un autre. Il doit alors être produit et envoyé sous un nouvel identifiant.', en: 'Look at the DMP: the document may have been deleted, or its id be another’s. It must then be made and sent under a new id.' },
  },
  'dmp.non-identical': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: xds, hl7: told, issue: 'conflict',
    text: { fr: 'Le DMP a déjà ce document sous le même identifiant, avec un autre contenu ({0}).', en: 'The DMP already has this document under the same id, with other content ({0}).' },
    advice: { fr: 'Faites produire un nouvel identifiant de document et envoyez-le en remplacement ; la passerelle ne le change jamais.', en: 'Have a new document id made and send it as a replacement; the gateway never changes it.' },
  },
  'dmp.rejected': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: xds, hl7: told, issue: 'business-rule',
    text: { fr: 'Le DMP refuse le lot ({0}).', en: 'The DMP refuses the lot ({0}).' },
    advice: { fr: 'Voyez la métadonnée que nomme le DMP (messages show --reveal), corrigez le document à la source, puis renvoyez-le.', en: 'See the metadata that the DMP names (messages show --reveal), mend the document at its source, then send it again.' },
  },
  'dmp.patient': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: xds, hl7: { ack: 'AE', err3: 207, err5: 902 }, issue: 'not-found',
    text: { fr: 'Le patient n’a pas de DMP ouvert sous cet INS ({0}).', en: 'The patient has no open DMP under this INS ({0}).' },
    advice: { fr: 'Vérifiez l’INS du patient ; s’il est juste, il n’y a rien à envoyer. Rejouez le message si l’INS est corrigé.', en: 'Check the patient’s INS; if it is right, there is nothing to send. Replay the message if the INS is mended.' },
  },
  'dmp.target-absent': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: td, hl7: { ack: 'AE', err3: 207, err5: 900 }, issue: 'not-found',
    text: { fr: 'Le document à remplacer ou à supprimer n’est pas dans le DMP : il n’y a été rien changé.', en: 'The document to replace or delete is not in the DMP: nothing was changed there.' },
    advice: { fr: 'Vérifiez l’identifiant de l’ancienne version (TXA-13, relatedDocument), ou envoyez le document comme un nouveau.', en: 'Check the id of the earlier version (TXA-13, relatedDocument), or send the document as a new one.' },
  },
  'dmp.target-changed': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: td, hl7: { ack: 'AE', err3: 207, err5: 900 }, issue: 'conflict',
    text: { fr: 'Le document à remplacer ou à supprimer a été remplacé, modifié ou supprimé par ailleurs dans le DMP ({0}) : il n’y a été rien changé.', en: 'The document to replace or delete was replaced, modified or deleted by other means in the DMP ({0}): nothing was changed there.' },
    advice: { fr: 'Consultez le DMP. Si une version y est encore valable, libérez la remise ; sinon abandonnez-la et faites envoyer le document à la suite de la version présente.', en: 'Look at the DMP. If a version still stands there, release the delivery; else abandon it and have the document sent as a successor of the present version.' },
  },
  'dmp.other-visibility': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: 'DMP EX_2.1-1050', hl7: told, issue: 'conflict',
    text: { fr: 'Ce document est déjà dans le DMP avec une autre visibilité : celle qui est demandée n’y est pas appliquée.', en: 'This document is already in the DMP with another visibility: the one asked for is not applied there.' },
    advice: { fr: 'Masquer ou démasquer un document demande un remplacement : faites-le envoyer sous un nouvel identifiant, en remplacement de celui-ci.', en: 'Masking or unmasking a document takes a replacement: have it sent under a new id, replacing this one.' },
  },
  'dmp.half-stored': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: xds, issue: 'incomplete',
    text: { fr: 'Le DMP n’a qu’une partie du lot, ou ne montre pas tout ce qu’il dit avoir pris ({0}).', en: 'The DMP has only a part of the lot, or does not show all that it says it took ({0}).' },
    advice: { fr: 'Consultez le DMP et les mots de sa réponse dans la tentative : libérez pour renvoyer le même lot, ou abandonnez et faites renvoyer les documents manquants.', en: 'Look at the DMP and the words of its answer in the attempt: release to send the same lot again, or abandon and have the missing documents sent again.' },
  },
  'dmp.other-patient': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: 'DMP TD3.1b ; invariant 9', issue: 'conflict',
    text: { fr: 'Sous l’identifiant de ce document, le DMP montre un document d’un autre patient : rien ne part.', en: 'Under this document’s id the DMP shows a document of another patient: nothing leaves.' },
    advice: { fr: 'Comparez l’INS du message et celui du document dans le DMP (changement d’INS, identifiant de document réutilisé), puis abandonnez, ou libérez une fois corrigé.', en: 'Compare the INS of the message with that of the document in the DMP (changed INS, reused document id), then abandon, or release once mended.' },
  },
  'dmp.not-comparable': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: 'DMP TD3.1b', issue: 'incomplete',
    text: { fr: 'Le DMP a quelque chose sous l’identifiant de ce document, sans dire si c’est bien lui (empreinte, taille ou détail non montrés, ou document supprimé).', en: 'The DMP has something under this document’s id, without telling whether it is this document (hash, size or details not shown, or deleted).' },
    advice: { fr: 'Consultez le DMP : si le document y est, abandonnez la remise ; sinon libérez-la.', en: 'Look at the DMP: if the document is there, abandon the delivery; else release it.' },
  },
  'dmp.author-structure': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: 'DMP « authentification de la personne morale »', issue: 'forbidden',
    text: { fr: 'Aucun auteur du lot n’est de la structure au nom de laquelle la passerelle s’authentifie ({0}).', en: 'No author of the lot is of the structure that the gateway authenticates for ({0}).' },
    advice: { fr: 'Faites nommer dans le message (PRT SB) ou dans le document la structure qui émet, ou reliez cet émetteur à la destination de sa structure, puis libérez la remise.', en: 'Have the message (PRT SB) or the document name the structure that sends, or link this sender to the destination of its structure, then release the delivery.' },
  },
  'dmp.not-authorised': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: 'PRE_ERR', hl7: told, issue: 'forbidden',
    text: { fr: 'Le DMP n’autorise pas cette opération sur ce dossier ({0}) : la remise est retenue.', en: 'The DMP does not authorise this operation on this record ({0}): the delivery is held.' },
    advice: { fr: 'Lisez les mots du DMP dans la tentative. Si toutes les remises en sont là, suspendez la destination et vérifiez ses droits ; puis libérez.', en: 'Read the DMP’s words in the attempt. If all deliveries meet it, suspend the destination and check its rights; then release.' },
  },
  'dmp.question-unanswered': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: ours, issue: 'timeout',
    text: { fr: 'Le DMP n’a pas répondu à la question posée avant l’envoi : rien n’a été envoyé.', en: 'The DMP did not answer the question asked before sending: nothing was sent.' },
    advice: { fr: 'Rien à faire : la question est posée de nouveau, puis le lot part.', en: 'Nothing to do: the question is asked again, then the lot leaves.' },
  },
  'dmp.not-xml-text': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: 'XML 1.0 §2.2', hl7: told, issue: 'invalid',
    text: { fr: 'Une valeur du message ou du document ({0}) a un caractère qu’aucun XML ne peut porter : rien n’a été envoyé.', en: 'A value of the message or document ({0}) has a character that no XML can carry: nothing was sent.' },
    advice: { fr: 'Faites retirer ce caractère de commande à la source, puis renvoyez le message.', en: 'Have this control character taken out at the source, then send the message again.' },
  },
  'dmp.query-refused': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'us', spec: 'IHE ITI TF-2 §3.18', hl7: told, issue: 'not-supported',
    text: { fr: 'Le DMP refuse la question ou le service demandé ({0}).', en: 'The DMP refuses the question or the service asked for ({0}).' },
    advice: { fr: 'Signalez le défaut avec l’identifiant de trace ; vérifiez les chemins des services.', en: 'Report the defect with the trace id; check the paths of the services.' },
  },
  'dmp.unknown-code': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'receiver', spec: 'PRE_ERR ; ' + xds, hl7: told, issue: 'unknown',
    text: { fr: 'Le DMP répond un code que la passerelle ne connaît pas ({0}) : la remise est retenue.', en: 'The DMP answers a code that the gateway does not know ({0}): the delivery is held.' },
    advice: { fr: 'Lisez les mots du DMP (messages show --reveal) ; classez ce code par le réglage answers de la destination, puis libérez ou abandonnez.', en: 'Read the DMP’s words (messages show --reveal); class this code by the destination’s answers setting, then release or abandon.' },
  },
  'dmp.warning': {
    stage: 'deliver', severity: 'warning', class: 'permanent', blame: 'receiver', spec: xds, issue: 'informational',
    text: { fr: 'Remis, avec un avertissement du DMP ({0}).', en: 'Delivered, with a warning of the DMP ({0}).' },
    advice: { fr: 'Lisez l’avertissement (messages show --reveal).', en: 'Read the warning (messages show --reveal).' },
  },
  'dmp.security': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator', spec: 'DMP, VIHF ; WS-Security 1.0 §12 ; EX_GEN-1450', issue: 'security',
    text: { fr: 'Le DMP refuse l’identité de la passerelle ({0}) : les envois attendent, rien n’est perdu.', en: 'The DMP refuses the gateway’s identity ({0}): sending waits, nothing is lost.' },
    advice: { fr: 'Vérifiez les deux certificats, leur structure et le réglage structure.id, le VIHF et l’horloge (passerelle doctor).', en: 'Check both certificates, their structure and the structure.id setting, the VIHF and the clock (passerelle doctor).' },
  },
  'dmp.service': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator', spec: 'RFC 9110 §15.5 ; SOAP 1.2 §5.4', issue: 'not-supported',
    text: { fr: 'Le service appelé n’est pas celui du DMP ({0}).', en: 'The service called is not the DMP’s ({0}).' },
    advice: { fr: 'Vérifiez baseUrl et paths de la destination.', en: 'Check the destination’s baseUrl and paths.' },
  },
  'dmp.tls': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator', spec: 'EX_GEN-1450', issue: 'security',
    text: { fr: 'La connexion TLS avec le DMP échoue ({0}) : rien n’a été envoyé.', en: 'The TLS connection with the DMP fails ({0}): nothing was sent.' },
    advice: { fr: 'Vérifiez le certificat ORG_AUTH_CLI, son mot de passe, sa date, et les autorités (authentication.ca).', en: 'Check the ORG_AUTH_CLI certificate, its passphrase, its dates, and the authorities (authentication.ca).' },
  },
  'dmp.unreachable': {
    stage: 'deliver', severity: 'warning', class: 'transient', blame: 'receiver', spec: ours, issue: 'transient',
    text: { fr: 'Le DMP n’est pas joignable : rien n’a été envoyé.', en: 'The DMP cannot be reached: nothing was sent.' },
    advice: { fr: 'Vérifiez l’adresse, le pare-feu et l’état du service.', en: 'Check the address, the firewall and the state of the service.' },
  },
  'dmp.no-answer': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: ours, issue: 'timeout',
    text: { fr: 'La connexion s’est terminée sans réponse : le DMP a pu prendre le lot.', en: 'The connection ended without an answer: the DMP may have taken the lot.' },
    advice: { fr: 'Rien à faire : le DMP est interrogé par l’identifiant du document avant tout renvoi.', en: 'Nothing to do: the DMP is asked by the document’s id before anything is sent again.' },
  },
  'dmp.not-understood': {
    stage: 'deliver', severity: 'warning', class: 'ambiguous', blame: 'receiver', spec: 'IHE ITI TF-2 §3.41.4.2', issue: 'structure',
    text: { fr: 'La réponse du DMP n’est pas lisible ({0}) : il a pu prendre le lot.', en: 'The DMP’s answer cannot be read ({0}): it may have taken the lot.' },
    advice: { fr: 'Rien à faire : le DMP est interrogé avant tout renvoi. Si cela dure, vérifiez qu’aucun proxy ne répond à sa place.', en: 'Nothing to do: the DMP is asked before anything is sent again. If it lasts, check that no proxy answers in its place.' },
  },
  'dmp.structure': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'operator', spec: 'DMP « authentification de la personne morale » ; EX_GEN-1450', issue: 'forbidden',
    text: { fr: 'La structure qui émet ({0}) n’est pas celle des certificats : rien n’a été envoyé.', en: 'The structure that sends ({0}) is not that of the certificates: nothing was sent.' },
    advice: { fr: 'Si elle dépend de la même entité juridique, ajoutez-la à structure.also, puis libérez la remise ; sinon elle a besoin de sa propre destination.', en: 'If it belongs to the same legal entity, add it to structure.also, then release the delivery; otherwise it needs a destination of its own.' },
  },
  'dmp.too-large': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: ours, hl7: told, issue: 'too-long',
    text: { fr: 'Le document ou le lot est trop grand pour le DMP ({0}).', en: 'The document or lot is too large for the DMP ({0}).' },
    advice: { fr: 'Faites réduire le document, ou relevez limits si votre DMP en accepte de plus grands.', en: 'Have the document made smaller, or raise limits if your DMP takes larger ones.' },
  },
  'dmp.not-xml': {
    stage: 'deliver', severity: 'error', class: 'permanent', blame: 'sender', spec: 'XML-DSig §4.5.3.2 ; Canonical XML 1.0', hl7: told, issue: 'structure',
    text: { fr: 'La forme canonique du document ne peut être calculée : il n’est pas signable.', en: 'The document’s canonical form cannot be computed: it cannot be signed.' },
    advice: { fr: 'Faites corriger le XML du document par son émetteur.', en: 'Have the document’s XML mended by its sender.' },
  },
  'dmp.signature': {
    stage: 'deliver', severity: 'error', class: 'configuration', blame: 'operator', spec: 'EX_GEN-1450', issue: 'security',
    text: { fr: 'Le VIHF ou le lot ne peut être signé ({0}) : rien n’a été envoyé.', en: 'The VIHF or the lot cannot be signed ({0}): nothing was sent.' },
    advice: { fr: 'Vérifiez le certificat ORG_SIGN et sa clé.', en: 'Check the ORG_SIGN certificate and its key.' },
  },
});
