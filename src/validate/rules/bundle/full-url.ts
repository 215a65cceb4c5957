import { rule } from '../../run/rule.ts';
import { indexed, isObject, reportAt, text, type Json, type ResourceRule } from '../resource-rule.ts';

const relative = rule('bundle-full-url', 'error', 'invalid', 'fullUrl doit être une url absolue', 'The fullUrl must be an absolute URL', 'Écrire urn:uuid:… ou https://…', 'Write urn:uuid:… or https://…');
const missing = rule('bundle-full-url-missing', 'warning', 'required', 'fullUrl est requis, sauf dans une transaction ou un lot', 'Except for transactions and batches, each entry of a Bundle has a fullUrl', 'Ajouter fullUrl : urn:uuid:… ou https://…', 'Add fullUrl: urn:uuid:… or https://…');
const mismatch = rule('bundle-full-url-id', 'error', 'invalid', 'fullUrl a la forme d’une url REST : elle doit finir par le type et l’id de la ressource', 'The fullUrl looks like a RESTful server URL, so it must end with the correct type and id', 'Attendu : …/{0}', 'Expected: …/{0}');

/** Where the server has yet to name what it is sent, or answers in order. */
const unnamed = new Set<unknown>(['transaction', 'transaction-response', 'batch', 'batch-response']);

/** What a search says of itself is no resource of the server's. */
function isOutcome({ search }: Json): boolean {
  return isObject(search) && search.mode === 'outcome';
}

/** fullUrl is there, it is absolute, and a REST url names the resource it carries (bundle.html#bundle-unique). */
export const bundleFullUrl: ResourceRule = {
  id: 'bundle-full-url', types: ['Bundle'], source: 'R4 bundle-definitions.html#Bundle.entry.fullUrl; reference validator', decision: 'adopted',
  why: 'references are resolved by fullUrl; that there is none is a warning, an error of the reference validator: the French e-prescription guide publishes its Bundles so',
  check: (bundle, run, compiler) => {
    const named = !unnamed.has(bundle.type);
    for (const [index, entry] of indexed(bundle.entry)) {
      const fullUrl = text(entry.fullUrl);
      if (entry.fullUrl === undefined && entry._fullUrl === undefined && named && entry.resource !== undefined && !isOutcome(entry)) reportAt(run, ['entry', index], missing);
      if (fullUrl === undefined || fullUrl.startsWith('urn:')) continue;
      if (!/^[A-Za-z][\w+.-]*:/.test(fullUrl)) reportAt(run, ['entry', index, 'fullUrl'], relative);
      const { resource } = entry;
      const id = isObject(resource) ? text(resource.id) : undefined;
      const type = isObject(resource) ? text(resource.resourceType) : undefined;
      const rest = /^https?:\/\/.*\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl);
      if (rest === null || id === undefined || type === undefined || !compiler.isResource(rest[1] ?? '')) continue;
      if (rest[1] !== type || rest[2] !== id) reportAt(run, ['entry', index, 'fullUrl'], mismatch, [type]);
    }
  },
};
