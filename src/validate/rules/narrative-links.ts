import { rule } from '../run/rule.ts';
import { isObject, reportAt, text, type ResourceRule } from './resource-rule.ts';

const dangling = rule('narrative-link', 'error', 'invalid', 'Un lien interne du narratif ne mène nulle part', 'A hyperlink of the narrative does not resolve');

/** `href="#x"` and `src="#x"` lead to an id or name of the same narrative, or to a contained resource; no link is empty. */
export const narrativeLinks: ResourceRule = {
  id: 'narrative-link', types: ['*'], source: 'R4 narrative.html#linking; reference validator (XHTML hyperlinks)', decision: 'adopted',
  why: 'a narrative whose links lead nowhere has lost a part on the way',
  check: (resource, run) => {
    const narrative = resource.text;
    const div = isObject(narrative) ? text(narrative.div) : undefined;
    if (div === undefined || (!div.includes('="#') && !div.includes('href=""'))) return;
    const anchors = new Set<string | undefined>([...div.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(found => found[1]));
    const contained: unknown[] = Array.isArray(resource.contained) ? resource.contained : [];
    for (const one of contained) if (isObject(one)) anchors.add(text(one.id));
    for (const [, target = ''] of div.matchAll(/\s(?:href|src)="(#[^"]+|)"/g)) {
      if (target !== '' && anchors.has(target.slice(1))) continue;
      reportAt(run, ['text', 'div'], dangling);
      return;
    }
  },
};
