import type { JsonPath } from './path.ts';
import type { Position } from './position.ts';

/**
 * What can be wrong with a text before any definition of FHIR is asked, in both languages. Texts name places and
 * property names, never values (design.md, invariant 10).
 */
const texts = {
  // Both syntaxes
  size: ['the text is longer than the limit', 'le texte dépasse la taille limite'],
  depth: ['the content is nested deeper than the limit', 'le contenu dépasse la profondeur limite'],
  encoding: ['the bytes are not UTF-8', "les octets ne sont pas de l'UTF-8"],
  bom: ['the text starts with a byte order mark: leave it out', "le texte commence par une marque d'ordre des octets (BOM) : l'enlever"],
  empty: ['the text is empty', 'le texte est vide'],
  number: ['this is not a number as JSON writes it (no leading zero, no plus sign, digits on both sides of the point)', "ce n'est pas un nombre au sens de JSON (ni zéro initial, ni signe plus, un chiffre de chaque côté du point)"],
  'number-range': ['this number is too large to be held', 'ce nombre est trop grand pour être conservé'],
  // JSON
  'duplicate-key': ['the property {0} is there twice in the same object', 'la propriété {0} figure deux fois dans le même objet'],
  comment: ['JSON has no comments: remove it', "JSON n'admet pas de commentaire : l'enlever"],
  'trailing-comma': ['a comma stands before the closing mark: remove it', "une virgule précède la fermeture : l'enlever"],
  'trailing-content': ['something follows the end of the resource', 'du contenu suit la fin de la ressource'],
  'unexpected-end': ['the text ends before the content is complete', 'le texte se termine avant la fin du contenu'],
  unexpected: ['{0} was expected here', '{0} était attendu ici'],
  'control-character': ['a control character must be written as an escape in a string', "un caractère de contrôle doit être écrit sous forme d'échappement dans une chaîne"],
  escape: ['this escape sequence is not one of JSON', "cette séquence d'échappement n'existe pas en JSON"],
  integer: ['an integer is written without point or exponent', "un entier s'écrit sans point ni exposant"],
  // XML
  'xml-syntax': ['the XML is not well formed: {0}', "le XML n'est pas bien formé : {0}"],
  doctype: ['a document type declaration (DTD) is not allowed in FHIR', "une déclaration de type de document (DTD) n'est pas admise en FHIR"],
  'processing-instruction': ['a processing instruction is not allowed in FHIR', "une instruction de traitement n'est pas admise en FHIR"],
  namespace: ['the element must be in the namespace http://hl7.org/fhir', "l'élément doit être dans l'espace de noms http://hl7.org/fhir"],
  'xhtml-namespace': ['the narrative must be a div in the namespace http://www.w3.org/1999/xhtml', "le texte narratif doit être un div dans l'espace de noms http://www.w3.org/1999/xhtml"],
  'unknown-resource': ['{0} is not a resource type of FHIR R4', "{0} n'est pas un type de ressource FHIR R4"],
  'unknown-element': ['{0} is not an element known here', "{0} n'est pas un élément connu ici"],
  'unknown-attribute': ['{0} is not an attribute known here', "{0} n'est pas un attribut connu ici"],
  'repeated-element': ['{0} may be there only once', "{0} ne peut figurer qu'une fois"],
  'element-order': ['{0} stands after an element that must follow it', '{0} est placé après un élément qui doit le suivre'],
  'unexpected-text': ['text stands outside a value', 'du texte figure hors d’une valeur'],
  'empty-value': ['an attribute must not be empty', 'un attribut ne doit pas être vide'],
  'empty-element': ['the element has neither value nor content', "l'élément n'a ni valeur ni contenu"],
  'resource-count': ['exactly one resource must be in this element', 'cet élément doit contenir exactement une ressource'],
} as const;

export type ProblemCode = keyof typeof texts;

export interface TextProblem extends Position {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly path: JsonPath;
  /** What the text's `{0}` stands for: a property or element name, or what was expected. */
  readonly subject?: string;
}

/** A problem as a reader sees it: the offset becomes line and column when the reading is over. */
export interface Found {
  readonly offset: number;
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly path: JsonPath;
  readonly subject?: string;
}

/** The sentence for a problem. A name that does not look like one is not repeated: it could be a value. */
export function problemText(problem: TextProblem, language: 'en' | 'fr'): string {
  const sentence = texts[problem.code][language === 'en' ? 0 : 1];
  return sentence.replace('{0}', problem.subject ?? '');
}

/** A property name fit to be repeated in a message, or an ellipsis. */
export function nameFit(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$/.test(name) ? name : '…';
}
