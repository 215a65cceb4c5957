import { rule } from '../../run/rule.ts';
import { indexed, isObject, reportAt, text, type ResourceRule } from '../resource-rule.ts';

const relative = rule('bundle-full-url', 'error', 'invalid', 'fullUrl doit être une url absolue', 'The fullUrl must be an absolute URL', 'Écrire urn:uuid:… ou https://…', 'Write urn:uuid:… or https://…');
const mismatch = rule('bundle-full-url-id', 'error', 'invalid', 'fullUrl a la forme d’une url REST : elle doit finir par le type et l’id de la ressource', 'The fullUrl looks like a RESTful server URL, so it must end with the correct type and id', 'Attendu : …/{0}', 'Expected: …/{0}');

/** fullUrl is absolute, and a REST url names the resource it carries (bundle.html#bundle-unique). */
export const bundleFullUrl: ResourceRule = {
  id: 'bundle-full-url', types: ['Bundle'], source: 'R4 bundle-definitions.html#Bundle.entry.fullUrl', decision: 'adopted',
  why: 'references are resolved by fullUrl',
  check: (bundle, run, compiler) => {
    for (const [index, entry] of indexed(bundle.entry)) {
      const fullUrl = text(entry.fullUrl);
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
