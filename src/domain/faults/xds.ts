import { faults } from '../fault.ts';

const ebrim = 'ebRIM 3.0 ; IHE ITI TF-3 §4.2';
const unreadable = { stage: 'formats', severity: 'error', class: 'permanent', blame: 'sender', http: 422 } as const;

/** What can be wrong with ebRIM metadata received: the METADATA.XML of an XDM, an answer of the DMP. */
export const xdsFaults = faults({
  'xds.dtd': {
    ...unreadable, issue: 'security', spec: 'Passerelle, sécurité XML (aucune DTD, aucune entité externe)',
    text: { fr: 'Les métadonnées XDS contiennent une déclaration DOCTYPE : elles ne sont pas lues.', en: 'The XDS metadata have a DOCTYPE declaration: they are not read.' },
    advice: { fr: 'Retirez la déclaration DOCTYPE.', en: 'Remove the DOCTYPE.' },
  },
  'xds.limits': {
    ...unreadable, issue: 'too-costly', spec: 'Passerelle, sécurité XML (taille et profondeur bornées)',
    text: { fr: 'Les métadonnées XDS dépassent une borne de sûreté ({0}).', en: 'The XDS metadata are over a safety limit ({0}).' },
    advice: { fr: 'Demandez moins de documents à la fois, ou vérifiez l’émetteur.', en: 'Ask for fewer documents at once, or check the sender.' },
  },
  'xds.encoding': {
    ...unreadable, issue: 'value', spec: 'XML 1.0 §4.3.3',
    text: { fr: 'Les octets des métadonnées XDS ne sont pas dans l’encodage déclaré ({0}).', en: 'The bytes of the XDS metadata are not in the declared encoding ({0}).' },
    advice: { fr: 'Corrigez la déclaration encoding="…" ou les octets.', en: 'Mend the encoding="…" declaration or the bytes.' },
  },
  'xds.not-well-formed': {
    ...unreadable, issue: 'structure', spec: 'XML 1.0 §2.1',
    text: { fr: 'Les métadonnées XDS ne sont pas du XML bien formé (ligne {0}, colonne {1}).', en: 'The XDS metadata are not well-formed XML (line {0}, column {1}).' },
    advice: { fr: 'Le fichier ou la réponse a sans doute été tronqué : demandez-le à nouveau.', en: 'The file or answer was probably cut: ask for it again.' },
  },
  'xds.submission-set': {
    ...unreadable, issue: 'structure', spec: `${ebrim}.1 (un seul SubmissionSet)`,
    text: { fr: 'Un lot contient un SubmissionSet et un seul ; celui-ci en contient {0}.', en: 'A lot holds one SubmissionSet and one only; this one holds {0}.' },
    advice: { fr: 'Faites corriger l’émetteur du lot.', en: 'Have the lot’s sender mended.' },
  },
  'xds.metadata-missing': {
    ...unreadable, issue: 'required', spec: `${ebrim}.3`,
    text: { fr: 'Métadonnée absente : {0}.', en: 'Missing metadata: {0}.' },
    advice: { fr: 'Faites corriger l’émetteur du lot : sans identifiant unique, un document ne peut être reconnu.', en: 'Have the lot’s sender mended: without a unique id a document cannot be recognised.' },
  },
  'xds.not-a-member': {
    ...unreadable, severity: 'warning', issue: 'structure', spec: `${ebrim}.2, HasMember`,
    text: { fr: '{0} n’est relié au lot par aucune association HasMember.', en: '{0} is tied to the lot by no HasMember association.' },
    advice: { fr: 'Le document est lu quand même ; faites corriger l’émetteur.', en: 'The document is read all the same; have the sender mended.' },
  },
  'xds.association-type': {
    ...unreadable, severity: 'warning', issue: 'code-invalid', spec: `${ebrim}.2`,
    text: { fr: 'Type d’association inconnu d’IHE ({0}) : il est gardé tel quel et n’est pas suivi.', en: 'Association type unknown to IHE ({0}): kept as it is and not acted on.' },
    advice: { fr: 'Un remplacement s’écrit urn:ihe:iti:2007:AssociationType:RPLC.', en: 'A replacement is written urn:ihe:iti:2007:AssociationType:RPLC.' },
  },
  'xds.no-answer': {
    ...unreadable, blame: 'receiver', class: 'ambiguous', issue: 'structure', spec: 'ebRS 3.0 §2.1.4, RegistryResponse',
    text: { fr: 'La réponse ne contient ni RegistryResponse ni AdhocQueryResponse avec un statut connu.', en: 'The answer holds no RegistryResponse or AdhocQueryResponse with a known status.' },
    advice: { fr: 'L’issue est inconnue : le document est recherché avant tout nouvel envoi.', en: 'The outcome is unknown: the document is looked for before anything is sent again.' },
  },
});
