import type { Element } from '@xmldom/xmldom';
import { childrenOf, parseXml } from './dom.ts';
import { resolvePath, type Let, type PackText, type Pattern, type Rule, type Schema, type Test } from './schema.ts';

const namespace = 'http://purl.oclc.org/dsdl/schematron';
const attribute = (element: Element, name: string): string => element.getAttribute(name) ?? '';
const maxIncludes = 5000;

/** A pack's file that cannot be used as a schematron; the text names files and elements of the pack. */
export class SchematronFault extends Error { override readonly name = 'SchematronFault' }

/** Children with every `include` replaced by the root element of its file; each knows the file it came from. */
function included(parent: Element, path: string, read: PackText, seen: { count: number }): { element: Element; path: string }[] {
  return childrenOf(parent, namespace).flatMap((element) => {
    if (element.localName !== 'include') return [{ element, path }];
    const href = attribute(element, 'href');
    const target = resolvePath(path, href);
    const text = target === null ? undefined : read(target);
    if (target === null || text === undefined) throw new SchematronFault(`include ${href} is not in the pack`);
    if ((seen.count += 1) > maxIncludes) throw new SchematronFault('includes without end');
    const root = parseXml(text).documentElement;
    if (root === null) throw new SchematronFault(`include ${href} is empty`);
    return root.localName === 'schema' ? included(root, target, read, seen) : [{ element: root, path: target }];
  });
}

/** `$name` of an abstract pattern, the longest name first: XPath names hold `-` and `.`. */
function substitution(params: readonly Let[]): (text: string) => string {
  if (params.length === 0) return (text) => text;
  const values = new Map(params.map(({ name, value }) => [name, value]));
  const names = [...values.keys()].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(`\\$(${names.join('|')})(?![\\w.-])`, 'g');
  return (text) => text.replace(found, (_, name: string) => values.get(name) ?? '');
}

const lets = (elements: readonly Element[], fill: (text: string) => string): Let[] =>
  elements.filter((one) => one.localName === 'let').map((one) => ({ name: attribute(one, 'name'), value: fill(attribute(one, 'value')) }));

const literal = /^\s*(?:'([^']*)'|"([^"]*)")\s*$/;
/** Static words only: a value-of that is no constant may quote the patient (invariant 10). */
function words(element: Element, fill: (text: string) => string): string {
  let text = '';
  for (let child = element.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 3 || child.nodeType === 4) text += child.nodeValue ?? '';
    else if (child.nodeType === 1) {
      const inner = child as Element;
      const constant = inner.localName === 'value-of' ? literal.exec(fill(attribute(inner, 'select'))) : null;
      text += inner.localName === 'value-of' ? constant?.[1] ?? constant?.[2] ?? '…' : inner.localName === 'name' ? '…' : words(inner, fill);
    }
  }
  return fill(text).replace(/\s+/g, ' ').trim();
}

function tests(elements: readonly Element[], fill: (text: string) => string): Test[] {
  return elements.filter((one) => one.localName === 'assert' || one.localName === 'report').map((one) => ({
    is: one.localName === 'assert' ? 'assert' : 'report', test: fill(attribute(one, 'test')), text: words(one, fill),
    severity: /^(?:warn|info)/i.test(attribute(one, 'role')) ? 'warning' : 'error',
  }));
}

function rule(element: Element, abstracts: ReadonlyMap<string, Element>, fill: (text: string) => string): Rule {
  const own = childrenOf(element, namespace);
  const extended = own.filter((one) => one.localName === 'extends').flatMap((one) => {
    const base = abstracts.get(attribute(one, 'rule'));
    if (base === undefined) throw new SchematronFault(`rule ${attribute(one, 'rule')} is not there`);
    return childrenOf(base, namespace);
  });
  const all = [...extended, ...own];
  return { context: fill(attribute(element, 'context')), lets: lets(all, fill), tests: tests(all, fill) };
}

function pattern(element: Element, abstracts: ReadonlyMap<string, Element>): { pattern: Pattern; lets: Let[] } {
  const isA = attribute(element, 'is-a');
  const body = isA === '' ? element : abstracts.get(isA);
  if (body === undefined) throw new SchematronFault(`abstract pattern ${isA} is not there`);
  const fill = substitution(childrenOf(element, namespace).filter((one) => one.localName === 'param').map((one) => ({ name: attribute(one, 'name'), value: attribute(one, 'value') })));
  const children = childrenOf(body, namespace);
  const rules = children.filter((one) => one.localName === 'rule');
  const base = new Map(rules.filter((one) => attribute(one, 'abstract') === 'true').map((one) => [attribute(one, 'id'), one]));
  return { pattern: { id: attribute(element, 'id'), rules: rules.filter((one) => attribute(one, 'abstract') !== 'true').map((one) => rule(one, base, fill)) }, lets: lets(children, fill) };
}

/** Reads `path` and what it includes. Throws SchematronFault. */
export function parseSchematron(path: string, read: PackText): Schema {
  const text = read(path);
  const root = text === undefined ? null : parseXml(text).documentElement;
  if (root?.localName !== 'schema' || root.namespaceURI !== namespace) throw new SchematronFault('not an ISO schematron');
  const binding = attribute(root, 'queryBinding');
  if (!['', 'xslt', 'xslt2', 'xslt3', 'xpath', 'xpath2', 'xpath3', 'xpath31'].includes(binding)) throw new SchematronFault(`queryBinding ${binding} is not known`);
  const children = included(root, path, read, { count: 0 }).map(({ element }) => element);
  const patterns = children.filter((one) => one.localName === 'pattern');
  const abstracts = new Map(patterns.filter((one) => attribute(one, 'abstract') === 'true').map((one) => [attribute(one, 'id'), one]));
  const phase = children.find((one) => one.localName === 'phase' && attribute(one, 'id') === attribute(root, 'defaultPhase'));
  const active = phase === undefined ? null : new Set(childrenOf(phase, namespace).filter((one) => one.localName === 'active').map((one) => attribute(one, 'pattern')));
  const ready = patterns.filter((one) => attribute(one, 'abstract') !== 'true' && (active === null || active.has(attribute(one, 'id')))).map((one) => pattern(one, abstracts));
  const title = children.find((one) => one.localName === 'title');
  return {
    name: path, title: title === undefined ? '' : words(title, (one) => one),
    namespaces: new Map(children.filter((one) => one.localName === 'ns').map((one) => [attribute(one, 'prefix'), attribute(one, 'uri')])),
    lets: [...lets(children, (one) => one), ...(phase === undefined ? [] : lets(childrenOf(phase, namespace), (one) => one)), ...ready.flatMap((one) => one.lets)],
    patterns: ready.map((one) => one.pattern),
  };
}
