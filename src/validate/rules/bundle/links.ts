import { rule } from '../../run/rule.ts';
import { indexed, reportAt, text, type ResourceRule } from '../resource-rule.ts';

const twice = rule('bundle-link-once', 'error', 'invalid', 'Le type de lien {0} ne peut figurer qu’une fois', "The link relationship type '{0}' can only occur once");
const searchOnly = rule('bundle-link-search', 'error', 'invalid', 'Le type de lien {0} est réservé aux recherches', "The link relationship type '{0}' used in search sets is prohibited in this context");

const once = new Set(['self', 'first', 'last', 'next', 'prev', 'previous']);
const paging = new Set(['first', 'last', 'next', 'prev', 'previous']);

/** Each of the paging links at most once (http.html#paging), and only in what a server pages. */
export const bundleLinks: ResourceRule = {
  id: 'bundle-link', types: ['Bundle'], source: 'R4 bundle.html#link, http.html#paging; reference validator', decision: 'adopted',
  why: 'a client would follow a wrong page',
  check: (bundle, run) => {
    const seen = new Set<string>();
    const paged = bundle.type === 'searchset' || bundle.type === 'history';
    for (const [index, link] of indexed(bundle.link)) {
      const relation = text(link.relation);
      if (relation === undefined || !once.has(relation)) continue;
      if (seen.has(relation)) reportAt(run, ['link', index], twice, [relation]);
      seen.add(relation);
      if (!paged && paging.has(relation)) reportAt(run, ['link', index, 'relation'], searchOnly, [relation]);
    }
  },
};
