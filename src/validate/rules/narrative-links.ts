import { rule } from '../run/rule.ts';
import { isObject, reportAt, text, type ResourceRule } from './resource-rule.ts';

const dangling = rule('narrative-link', 'warning', 'invalid', 'Un lien interne du narratif ne mène nulle part', 'A hyperlink of the narrative does not resolve');

/** `href="#x"` leads to an id or name of the same narrative, or to a contained resource. */
export const narrativeLinks: ResourceRule = {
  id: 'narrative-link', types: ['*'], source: 'reference validator (XHTML_XHTML_... hyperlinks)', decision: 'adopted',
  why: 'as a warning: a dead link is a blemish, not a reason to refuse a result',
  check: (resource, run) => {
    const narrative = resource.text;
    const div = isObject(narrative) ? text(narrative.div) : undefined;
    if (div?.includes('href="#') !== true) return;
    const anchors = new Set([...div.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(found => found[1]));
    const contained: unknown[] = Array.isArray(resource.contained) ? resource.contained : [];
    for (const one of contained) if (isObject(one)) anchors.add(text(one.id));
    for (const [, target] of div.matchAll(/\shref="#([^"]+)"/g)) {
      if (!anchors.has(target)) {
        reportAt(run, ['text', 'div'], dangling);
        return;
      }
    }
  },
};
