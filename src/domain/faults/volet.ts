import { faults } from '../fault.ts';
import { voletParticipantFaults } from './volet-participants.ts';

const volet = 'CI-SIS Transmission CDA-R2 HL7 v2 2.1';
const error = { stage: 'normalize', severity: 'error', class: 'permanent', blame: 'sender', http: 422 } as const;
const warning = { stage: 'normalize', severity: 'warning', class: 'permanent', blame: 'sender' } as const;
const information = { ...warning, severity: 'information' } as const;
const said = (err3: number) => ({ ack: 'AE', err3 } as const);
/** 207 with 906: the application refuses, and none of 900–905 says why. */
const application = { ack: 'AE', err3: 207, err5: 906 } as const;

/** Rules of the volets "Transmission d'un document CDA-R2 en HL7 v2" and "Transmission LPS" (inbound.md §2 and §5). */
export const voletFaults = faults({
  ...voletParticipantFaults,
  'volet.segment-missing': {
    ...error, hl7: said(100), issue: 'required', spec: `${volet}, profils de messages`,
    text: { fr: 'Le segment {0} est obligatoire.', en: 'Segment {0} is required.' },
    advice: { fr: 'Ajoutez le segment {0} à sa place dans le message.', en: 'Add segment {0} in its place in the message.' },
  },
  'volet.field-missing': {
    ...error, hl7: said(101), issue: 'required', spec: `${volet}, profils de messages`,
    text: { fr: '{0} est obligatoire.', en: '{0} is required.' },
    advice: { fr: 'Renseignez {0}.', en: 'Fill in {0}.' },
  },
  'volet.profile-missing': {
    ...error, hl7: said(101), issue: 'required', spec: `${volet}, MSH-21`,
    text: { fr: 'MSH-21 ne nomme pas le volet alors que le message porte des indicateurs MetaDMPMSS : sa version est inconnue.', en: 'MSH-21 does not name the volet though the message carries MetaDMPMSS flags: its version is unknown.' },
    advice: { fr: 'Renseignez MSH-21, par exemple 2.1^CISIS_CDA_HL7_V2.', en: 'Fill in MSH-21, for example 2.1^CISIS_CDA_HL7_V2.' },
  },
  'volet.version-unknown': {
    ...warning, issue: 'not-supported', spec: `${volet}, MSH-21`,
    text: { fr: 'Version du volet inconnue dans MSH-21 : le message est lu comme la version {0}.', en: 'Unknown volet version in MSH-21: the message is read as version {0}.' },
    advice: { fr: 'Vérifiez MSH-21, ou mettez Passerelle à jour si une nouvelle version a été publiée.', en: 'Check MSH-21, or update Passerelle if a new version was published.' },
  },
  'volet.version-unsupported': {
    ...error, hl7: said(203), issue: 'not-supported', spec: `${volet}, MSH-21`,
    text: { fr: 'Version majeure du volet non prise en charge (MSH-21).', en: 'Unsupported major version of the volet (MSH-21).' },
    advice: { fr: 'Versions lues : CDA 1.2, 2.0, 2.1 ; LPS 1.0, 1.1.', en: 'Read: CDA 1.2, 2.0, 2.1; LPS 1.0, 1.1.' },
  },
  'volet.message-type': {
    ...error, hl7: said(200), issue: 'not-supported', spec: `${volet}, MSH-9`,
    text: { fr: 'Le volet ne connaît pas ce type de message (MSH-9.1).', en: 'The volet does not know this message type (MSH-9.1).' },
    advice: { fr: 'Types du volet : ORU^R01, MDM^T02, MDM^T04, MDM^T10.', en: 'The volet has ORU^R01, MDM^T02, MDM^T04, MDM^T10.' },
  },
  'volet.event': {
    ...error, hl7: said(201), issue: 'not-supported', spec: `${volet}, MSH-9`,
    text: { fr: 'Le volet ne connaît pas cet évènement (MSH-9.2).', en: 'The volet does not know this event (MSH-9.2).' },
    advice: { fr: 'Évènements du volet : ORU^R01, MDM^T02, MDM^T04, MDM^T10.', en: 'Events of the volet: ORU^R01, MDM^T02, MDM^T04, MDM^T10.' },
  },
  'volet.structure': {
    ...warning, issue: 'value', spec: `${volet}, MSH-9.3`,
    text: { fr: 'MSH-9.3 devrait être {0}.', en: 'MSH-9.3 should be {0}.' },
    advice: { fr: 'Corrigez MSH-9.3.', en: 'Mend MSH-9.3.' },
  },
  'volet.processing-id': {
    ...error, hl7: said(202), issue: 'value', spec: `${volet}, MSH-11 ; HL7 table 0103`,
    text: { fr: 'MSH-11 doit être P, T ou D.', en: 'MSH-11 must be P, T or D.' },
    advice: { fr: 'P en production, T en test, D en mise au point.', en: 'P for production, T for tests, D for debugging.' },
  },
  'volet.hl7-version': {
    ...error, hl7: said(203), issue: 'not-supported', spec: `${volet}, MSH-12`,
    text: { fr: 'Version HL7 non prise en charge (MSH-12) : 2.5 pour ORU, 2.6 pour MDM.', en: 'Unsupported HL7 version (MSH-12): 2.5 for ORU, 2.6 for MDM.' },
    advice: { fr: 'Corrigez MSH-12.', en: 'Mend MSH-12.' },
  },
  'volet.hl7-version-differs': {
    ...warning, issue: 'value', spec: `${volet}, MSH-12`,
    text: { fr: 'MSH-12 devrait être {0} pour ce message.', en: 'MSH-12 should be {0} for this message.' },
    advice: { fr: 'Corrigez MSH-12.', en: 'Mend MSH-12.' },
  },
  'volet.table-value': {
    ...error, hl7: said(103), issue: 'code-invalid', spec: `${volet}, profils de messages`,
    text: { fr: 'Valeur hors table en {0}. Valeurs admises : {1}.', en: 'Value outside its table at {0}. Allowed: {1}.' },
    advice: { fr: 'Corrigez {0} chez l’émetteur.', en: 'Mend {0} at the sender.' },
  },
  'volet.visit-number': {
    ...warning, issue: 'required', spec: `${volet}, PV1-19`,
    text: { fr: 'PV1-19 (numéro de venue) est obligatoire pour cette classe de patient.', en: 'PV1-19 (visit number) is required for this patient class.' },
    advice: { fr: 'Renseignez PV1-19.', en: 'Fill in PV1-19.' },
  },
  'volet.order-absent': {
    ...warning, issue: 'required', spec: `${volet}, ORC/OBR`,
    text: { fr: 'Le segment {0} est absent : l’action est lue dans l’évènement et OBX-11, comme la version {1} du volet le permettait.', en: 'Segment {0} is absent: the action is read from the event and OBX-11, as volet version {1} allowed.' },
    advice: { fr: 'Passez à la version 2.1 du volet.', en: 'Move to version 2.1 of the volet.' },
  },
  'volet.order-control': {
    ...warning, issue: 'code-invalid', spec: `${volet}, ORC-1`,
    text: { fr: 'ORC-1 ne dit pas l’action (NW, RO ou CA) : elle est lue dans OBX-11 et l’évènement.', en: 'ORC-1 does not say the action (NW, RO or CA): it is read from OBX-11 and the event.' },
    advice: { fr: 'Mettez NW, RO ou CA en ORC-1.', en: 'Put NW, RO or CA in ORC-1.' },
  },
  'volet.action-incoherent': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, règles de gestion (ORC-1, OBX-11, évènement)`,
    text: { fr: 'L’action est incohérente : {0} et {1} ne disent pas la même chose.', en: 'The action is incoherent: {0} and {1} do not say the same.' },
    advice: { fr: 'Création NW/F/T02, remplacement RO/C/T10, suppression CA/D/T04.', en: 'Creation NW/F/T02, replacement RO/C/T10, deletion CA/D/T04.' },
  },
  'volet.replaced-document-missing': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, remplacement ; CDA relatedDocument RPLC`,
    text: { fr: 'Remplacement sans document remplacé : le CDA ({0}) n’a pas de relatedDocument RPLC.', en: 'Replacement without a replaced document: the CDA ({0}) has no relatedDocument RPLC.' },
    advice: { fr: 'Le CDA doit désigner le document remplacé par relatedDocument typeCode="RPLC" et parentDocument/id.', en: 'The CDA must name the replaced document by relatedDocument typeCode="RPLC" and parentDocument/id.' },
  },
  'volet.replaced-document-unexpected': {
    ...warning, issue: 'business-rule', spec: `${volet}, transmission initiale`,
    text: { fr: 'Transmission initiale d’un document qui en remplace un autre ({0}).', en: 'First transmission of a document that replaces another ({0}).' },
    advice: { fr: 'Si c’est un remplacement, envoyez RO / C / T10.', en: 'If it is a replacement, send RO / C / T10.' },
  },
  'volet.document-id-differs': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, TXA-12 et TXA-13`,
    text: { fr: '{0} et {1} du CDA ne désignent pas le même document.', en: '{0} and {1} of the CDA do not name the same document.' },
    advice: { fr: 'TXA-12 reprend ClinicalDocument/id et TXA-13 relatedDocument/parentDocument/id.', en: 'TXA-12 repeats ClinicalDocument/id and TXA-13 relatedDocument/parentDocument/id.' },
  },
  'volet.document-id-form': {
    ...warning, issue: 'value', spec: `${volet}, TXA-12 et TXA-13`,
    text: { fr: '{0} ne suit pas l’écriture attendue : OID seul quand l’identifiant du CDA n’a pas d’extension, sinon extension^^OID^ISO.', en: '{0} is not written as expected: the OID alone when the CDA id has no extension, else extension^^OID^ISO.' },
    advice: { fr: 'Le document est bien reconnu ; corrigez l’écriture.', en: 'The document is recognised; mend the way it is written.' },
  },
  'volet.type-code-differs': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, OBR-4, OBX-3, TXA-2`,
    text: { fr: 'Le type de document de {0} n’est pas celui de {1}.', en: 'The document type at {0} is not that of {1}.' },
    advice: { fr: 'OBR-4, OBX-3, TXA-2 et ClinicalDocument/code portent le même code de JDV_J07.', en: 'OBR-4, OBX-3, TXA-2 and ClinicalDocument/code carry the same code of JDV_J07.' },
  },
  'volet.document-missing': {
    ...error, hl7: said(101), issue: 'required', spec: `${volet}, OBX du document`,
    text: { fr: 'Le message ne porte aucun document (OBX-2 = ED).', en: 'The message carries no document (OBX-2 = ED).' },
    advice: { fr: 'Le premier OBX doit porter le CDA, en remplacement et en suppression aussi.', en: 'The first OBX must carry the CDA, also to replace or delete.' },
  },
  'volet.too-many-documents': {
    ...error, hl7: said(198), issue: 'structure', spec: `${volet}, profils de messages`,
    text: { fr: 'Trop de documents : {0} au plus pour ce message.', en: 'Too many documents: {0} at most for this message.' },
    advice: { fr: 'Envoyez un message par document (ORU accepte le même document en N1 et en N3).', en: 'Send one message per document (ORU takes the same document as N1 and N3).' },
  },
  'volet.document-pair': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, ORU^R01 : CDA N1 et N3 de même contenu`,
    text: { fr: 'Les deux documents ({0}, {1}) ne sont pas le même en N1 et en N3, chacun avec son identifiant.', en: 'The two documents ({0}, {1}) are not one N1 and one N3 of the same content, each with its own id.' },
    advice: { fr: 'Envoyez deux documents différents dans deux messages.', en: 'Send two different documents in two messages.' },
  },
  'volet.flag-missing': {
    ...error, hl7: said(101), issue: 'required', spec: `${volet}, MetaDMPMSS`,
    text: { fr: 'L’indicateur {0} est obligatoire : son absence ne vaut ni oui ni non.', en: 'Flag {0} is required: its absence is neither yes nor no.' },
    advice: { fr: 'Ajoutez l’OBX {0} avec Y ou N en OBX-5.', en: 'Add OBX {0} with Y or N in OBX-5.' },
  },
  'volet.flag-contradictory': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, MetaDMPMSS`,
    text: { fr: 'L’indicateur {0} est donné plusieurs fois avec des valeurs contraires.', en: 'Flag {0} is given several times with opposite values.' },
    advice: { fr: 'Donnez {0} une seule fois.', en: 'Give {0} once only.' },
  },
  'volet.flag-withdrawn': {
    ...error, hl7: application, issue: 'business-rule', spec: `${volet}, MetaDMPMSS ; HL7 0085`,
    text: { fr: 'L’indicateur {0} est annulé par son propre statut (OBX-11 = {1}) : sa valeur ne vaut ni oui ni non.', en: 'Flag {0} is withdrawn by its own status (OBX-11 = {1}): its value is neither yes nor no.' },
    advice: { fr: 'Donnez {0} avec OBX-11 = F.', en: 'Give {0} with OBX-11 = F.' },
  },
  'volet.flag-status': {
    ...warning, issue: 'value', spec: `${volet}, MetaDMPMSS`,
    text: { fr: 'L’indicateur {0} n’a pas OBX-11 = F ; sa valeur a été suivie.', en: 'Flag {0} does not have OBX-11 = F; its value was followed.' },
    advice: { fr: 'OBX-11 d’un indicateur vaut F, quelle que soit l’action sur le document.', en: 'OBX-11 of a flag is F, whatever is done to the document.' },
  },
  'volet.flag-repeated': {
    ...warning, issue: 'structure', spec: `${volet}, MetaDMPMSS`,
    text: { fr: 'L’indicateur {0} est donné plusieurs fois, avec la même valeur.', en: 'Flag {0} is given several times, with the same value.' },
    advice: { fr: 'Donnez {0} une seule fois.', en: 'Give {0} once only.' },
  },
  'volet.flag-coding': {
    ...warning, issue: 'value', spec: `${volet}, MetaDMPMSS`,
    text: { fr: 'Codification inattendue de l’indicateur en {0}.', en: 'Unexpected coding of the flag at {0}.' },
    advice: { fr: 'OBX-3.3 = MetaDMPMSS, OBX-5.3 = expandedYes-NoIndicator.', en: 'OBX-3.3 = MetaDMPMSS, OBX-5.3 = expandedYes-NoIndicator.' },
  },
  'volet.confidentiality-flag': {
    ...warning, issue: 'business-rule', spec: `${volet}, MODIF_CONF_CODE`,
    text: { fr: 'MODIF_CONF_CODE = Y n’a de sens que pour un remplacement.', en: 'MODIF_CONF_CODE = Y only makes sense for a replacement.' },
    advice: { fr: 'Envoyez le changement de visibilité comme un remplacement (RO / C / T10).', en: 'Send the visibility change as a replacement (RO / C / T10).' },
  },
  'volet.observation-unknown': {
    ...information, issue: 'informational', spec: `${volet}, segments hors profil`,
    text: { fr: 'OBX inconnu du volet en {0} : ignoré.', en: 'OBX unknown to the volet at {0}: ignored.' },
    advice: { fr: 'Rien à faire s’il s’agit d’une extension convenue.', en: 'Nothing to do if it is an agreed extension.' },
  },
  'volet.mail-body-dropped': {
    ...warning, issue: 'value', spec: `${volet}, CORPSMAIL_PS et CORPSMAIL_PATIENT`,
    text: { fr: 'Corps de courriel illisible (base64 tronqué ou abîmé) en {0} : il est abandonné, le courriel part avec le texte par défaut.', en: 'Unreadable mail body (cut or damaged base64) at {0}: it is dropped, the mail leaves with the default text.' },
    advice: { fr: 'Corrigez le base64 de OBX-5.5 chez l’émetteur.', en: 'Mend the base64 of OBX-5.5 at the sender.' },
  },
  'volet.reply-mark-misplaced': {
    ...warning, issue: 'structure', spec: `${volet}, NTE-4 = FIN`,
    text: { fr: 'NTE-4 = FIN en {0} ne suit pas DESTMSSANTEPAT : il est ignoré.', en: 'NTE-4 = FIN at {0} does not follow DESTMSSANTEPAT: it is ignored.' },
    advice: { fr: 'Placez le NTE juste après l’OBX DESTMSSANTEPAT.', en: 'Put the NTE right after OBX DESTMSSANTEPAT.' },
  },
});
