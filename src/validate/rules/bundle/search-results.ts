import { rule } from '../../run/rule.ts';
import { indexed, isObject, objects, reportAt, text, type ResourceRule } from '../resource-rule.ts';

const noId = rule('search-result-id', 'error', 'invalid', 'Un résultat de recherche doit avoir un id', 'Search results must have ids');
const otherType = rule('search-result-type', 'error', 'invalid', 'Ce type de ressource ne correspond pas à la recherche ({0})', 'This is not a matching resource type for the specified search ({0})');

/** Matches of a search have an id and are of the type the self link searched. */
export const searchResults: ResourceRule = {
  id: 'search-result', types: ['Bundle'], source: 'R4 search.html#entries; reference validator', decision: 'adopted',
  why: 'what a directory answers must be what was asked',
  check: (bundle, run, compiler) => {
    if (bundle.type !== 'searchset') return;
    const self = text(objects(bundle.link).find(link => link.relation === 'self')?.url);
    const searched = /(?:^|\/)([A-Z][A-Za-z]+)(?:\?|$)/.exec(self ?? '')?.[1];
    const type = searched !== undefined && compiler.isResource(searched) ? searched : undefined;
    for (const [index, entry] of indexed(bundle.entry)) {
      const { resource, search } = entry;
      if (!isObject(resource)) continue;
      const mode = isObject(search) ? search.mode : undefined;
      if (resource.resourceType === 'OperationOutcome' || mode === 'outcome') continue;
      if (resource.id === undefined && self !== undefined) reportAt(run, ['entry', index, 'resource'], noId);
      if (type !== undefined && mode === 'match' && resource.resourceType !== type) reportAt(run, ['entry', index, 'resource'], otherType, [type]);
    }
  },
};
