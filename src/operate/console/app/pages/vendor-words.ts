import { both } from '../words/language.tsx';

export const vendorWords = both({
  title: 'Essais', intro: 'Collez ou déposez un message : voyez ce qu’il devient et ce qui n’y va pas. Rien n’est gardé, rien n’est envoyé. N’utilisez que des identités fictives.',
  text: 'Message (HL7 v2, CDA, FHIR, courriel)', drop: 'Déposez un fichier ici, ou choisissez-le', chosen: (name: string, size: string) => `${name}, ${size}`, useText: 'Revenir au texte', check: 'Tout le parcours', convert: 'Voir le FHIR', validate: 'Valider (ressource FHIR)', profile: 'Profil (facultatif, URL canonique)',
  nothing: 'Collez d’abord un message ou choisissez un fichier.', results: 'Résultat',
  ack: 'Acquittement', noAck: 'aucun n’est dû', identity: 'Identité', qualified: 'INS qualifiée', notQualified: 'INS non qualifiée', deliveries: 'Envois', noDelivery: 'Rien ne partirait.', findings: 'Constats', noFinding: 'Rien à signaler.', losses: 'Ce qui n’est pas repris', noLoss: 'Tout est repris.', losing: (count: string) => `${count} endroits du message ne sont pas repris.`,
  severity: 'Gravité', place: 'Endroit', what: 'Quoi', advice: 'Que faire', clause: 'Clause', code: 'Code', why: 'Pourquoi', destination: 'Destination', action: 'Action', state: 'État', headers: 'En-têtes',
  states: { planned: 'partirait', held: 'serait retenu', refused: 'serait refusé' }, bundle: 'Bundle FHIR', valid: 'Conforme.', invalid: 'Non conforme.', issues: 'Anomalies',
  fixtures: 'Exemples', fixturesHelp: 'Tous avec des identités fictives. « Prendre » le met dans la zone ci-dessus.', take: 'Prendre', family: 'Famille', name: 'Nom', example: 'Exemple', about: 'À propos',
  reports: 'Simulateurs du bac à sable', noReport: 'Aucun simulateur ne tourne ici : « passerelle sandbox » les démarre, et une passerelle sans configuration aussi.', received: 'Reçus', broken: 'Règles enfreintes', noBroken: 'aucune règle enfreinte', stored: 'Gardés', duplicates: 'Doublons', address: 'Adresse', shown: 'Utile',
}, {
  title: 'Try it', intro: 'Paste or drop a message: see what it becomes and what is wrong with it. Nothing is kept, nothing is sent. Use fictive identities only.',
  text: 'Message (HL7 v2, CDA, FHIR, mail)', drop: 'Drop a file here, or choose it', chosen: (name: string, size: string) => `${name}, ${size}`, useText: 'Back to the text', check: 'The whole way', convert: 'See the FHIR', validate: 'Validate (FHIR resource)', profile: 'Profile (optional, canonical URL)',
  nothing: 'Paste a message or choose a file first.', results: 'Result',
  ack: 'Acknowledgement', noAck: 'none is due', identity: 'Identity', qualified: 'qualified INS', notQualified: 'INS not qualified', deliveries: 'Deliveries', noDelivery: 'Nothing would leave.', findings: 'Findings', noFinding: 'Nothing to say.', losses: 'What is not carried', noLoss: 'All is carried.', losing: (count: string) => `${count} places of the message are not carried.`,
  severity: 'Severity', place: 'Place', what: 'What', advice: 'What to do', clause: 'Clause', code: 'Code', why: 'Why', destination: 'Destination', action: 'Action', state: 'State', headers: 'Headers',
  states: { planned: 'would leave', held: 'would be held', refused: 'would be refused' }, bundle: 'FHIR Bundle', valid: 'Conform.', invalid: 'Not conform.', issues: 'Issues',
  fixtures: 'Examples', fixturesHelp: 'All with fictive identities. "Take" puts one in the box above.', take: 'Take', family: 'Family', name: 'Name', example: 'Example', about: 'About',
  reports: 'Simulators of the sandbox', noReport: 'No simulator runs here: "passerelle sandbox" starts them, and so does a gateway without configuration.', received: 'Received', broken: 'Rules broken', noBroken: 'no rule broken', stored: 'Stored', duplicates: 'Duplicates', address: 'Address', shown: 'Useful',
});
