import { step } from '../run/place.ts';
import { rule } from '../run/rule.ts';
import { text, type ElementRule } from './resource-rule.ts';

const malformed = rule('reference-form', 'error', 'invalid', "La référence n'est pas une url valide", 'The reference is not a valid reference', 'Attendu : Type/id, url absolue, urn:uuid:… ou #id', 'Expected: Type/id, an absolute url, urn:uuid:… or #id');
const unknownType = rule('reference-resource-type', 'error', 'invalid', 'La référence relative ne nomme pas un type de ressource', 'The relative reference does not name a resource type');

/** Reference.reference is a url; a relative one begins with a resource type (references.html#literal). */
export const referenceForm: ElementRule = {
  id: 'reference-form', types: ['Reference'], source: 'R4 references.html#literal; reference validator', decision: 'adopted',
  why: 'a reference that is no url leads nowhere',
  check: (value, run, compiler) => {
    const reference = text(value.reference);
    if (reference === undefined) return;
    if (reference.length === 45 && reference.startsWith('urn:uuid:') && hexadecimal(reference, 9)) return; // the usual one in a message
    if (/[\s<>"{}\\^`]/.test(reference)) {
      run.reportAt(step('reference'), malformed, []);
      return;
    }
    if (reference.includes(':')) return;
    const type = /^([A-Za-z][A-Za-z0-9]*)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(reference)?.[1];
    if (type !== undefined && !compiler.isResource(type)) run.reportAt(step('reference'), unknownType, []);
  },
};

/** Nothing but hexadecimal digits and hyphens from a place on. */
function hexadecimal(value: string, from: number): boolean {
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70) || code === 45)) return false;
  }
  return true;
}
