import type { Document, Element, Node } from '@xmldom/xmldom';
import { Elements, parseXml, positionOf } from './dom.ts';
import { resolvePath, type Let, type PackText, type Rule, type Schema, type Test } from './schema.ts';
import { evaluateXPath, evaluateXPathToBoolean, evaluateXPathToNodes, registerCustomXPathFunction, type XPathOptions } from './xpath.ts';

const ours = 'urn:passerelle:schematron';
const builtIn = 'http://www.w3.org/2005/xpath-functions';
const schemaTypes = 'http://www.w3.org/2001/XMLSchema';

/** A rule the document breaks; `position` is `line:column`. */
export interface Broken { readonly text: string; readonly position: string; readonly severity: 'error' | 'warning' }
/** `unchecked`: tests that could not be evaluated, with why; they say nothing of the document. */
export interface Ran { readonly broken: readonly Broken[]; readonly unchecked: readonly string[] }

/** What `document()` and `current()` of XSLT need while one expression runs. */
interface Running { load(href: string): Document | null; current: Node | null }
registerCustomXPathFunction({ namespaceURI: ours, localName: 'document' }, ['xs:string'], 'node()?', ({ currentContext }, href = '') => (currentContext as Running).load(href));
registerCustomXPathFunction({ namespaceURI: ours, localName: 'current' }, [], 'node()?', ({ currentContext }) => (currentContext as Running).current);

/** First step of a context that names an element: `cda:observation[…]/…`. */
const firstName = /^(?:([\w-]+):)?([\w.-]+)(?=[[/\s]|$)/;
const byTemplate = /^\*\[\s*(?:\w+:)?templateId\/@root\s*=\s*(?:'[^']*'|"[^"]*")\s*\]/;

/** Union alternatives at the top level of an expression. */
function alternatives(context: string): string[] {
  const parts: string[] = [];
  let part = '';
  let [depth, quote] = [0, ''];
  for (const char of context) {
    if (quote !== '') { if (char === quote) quote = ''; } else if (char === '\'' || char === '"') quote = char;
    else if ('[('.includes(char)) depth += 1; else if ('])'.includes(char)) depth -= 1;
    if (char === '|' && depth === 0 && quote === '') { parts.push(part); part = ''; } else part += char;
  }
  return [...parts, part].map((one) => one.trim());
}

const short = (expression: string): string => expression.replace(/\s+/g, ' ').slice(0, 200);
/** A test with the variables of its rule. */
const within = (lets: readonly Let[], test: string): string => (lets.length === 0 ? test : `let ${lets.map(({ name, value }) => `$${name} := (${value})`).join(', ')} return (${test})`);

/** Runs schematrons of one pack. Their value sets, and compiled expressions, are kept between documents. */
export class SchematronRunner {
  readonly #read: PackText;
  readonly #loaded = new Map<string, Document | null>();
  constructor(read: PackText) { this.#read = read; }

  #load(from: string, href: string): Document | null {
    const path = resolvePath(from, href);
    if (path === null) throw new Error(`${href} is not in the pack`);
    let document = this.#loaded.get(path);
    if (document === undefined) {
      const text = this.#read(path);
      document = text === undefined ? null : parseXml(text);
      this.#loaded.set(path, document);
    }
    if (document === null) throw new Error(`${href} is not in the pack`);
    return document;
  }

  /**
   * What of a schematron can never be evaluated here, found without a document: expressions that are no XPath 3.1, functions
   * that only XSLT has, value sets that are not in the pack.
   */
  unusable(schema: Schema): string[] {
    return new Run(schema, parseXml('<none/>'), () => null).unusable((href) => { this.#load(schema.name, href); });
  }

  /** `xml` must be well-formed and without document type. */
  run(schema: Schema, xml: string): Ran {
    const document = parseXml(xml);
    return new Run(schema, document, (href) => this.#load(schema.name, href)).all();
  }
}

class Run {
  readonly #schema: Schema;
  readonly #document: Document;
  readonly #elements: Elements;
  readonly #running: Running;
  readonly #options: XPathOptions;
  readonly #variables: Record<string, unknown> = {};
  readonly #sequences: Let[] = [];
  #missing = '';
  readonly #broken: Broken[] = [];
  readonly #unchecked = new Set<string>();

  constructor(schema: Schema, document: Document, load: Running['load']) {
    this.#schema = schema;
    this.#document = document;
    this.#elements = new Elements(document);
    // An error thrown inside an expression comes back as another one: what is missing is noted here.
    this.#running = { load: (href) => { try { return load(href); } catch (error) { this.#missing = href; throw error; } }, current: null };
    this.#options = {
      namespaceResolver: (prefix) => (prefix === 'xs' ? schemaTypes : prefix === '' ? null : schema.namespaces.get(prefix) ?? null),
      functionNameResolver: ({ prefix, localName }) => ({ namespaceURI: prefix === 'xs' ? schemaTypes : prefix !== '' ? schema.namespaces.get(prefix) ?? builtIn : localName === 'document' || localName === 'current' ? ours : builtIn, localName }),
      currentContext: this.#running,
    };
  }

  all(): Ran {
    for (const { name, value } of this.#schema.lets) {
      const found = this.#safely(`let ${name}`, () => evaluateXPath(value, this.#document, null, this.#variables, evaluateXPath.ALL_RESULTS_TYPE, this.#options));
      if (!Array.isArray(found)) continue;
      // A sequence cannot be handed in as a variable: it is said again, from the root, in each expression that may use it.
      if (found.length === 1) this.#variables[name] = found[0]; else this.#sequences.push({ name, value: `root(.)/(${value})` });
    }
    for (const { rules, id } of this.#schema.patterns) this.#pattern(rules, id);
    return { broken: this.#broken, unchecked: [...this.#unchecked] };
  }

  unusable(load: (href: string) => void): string[] {
    const root = this.#document;
    const wrong: string[] = [];
    const tried = (what: string, expression: string): void => {
      try { evaluateXPath(expression, root, null, this.#variables, evaluateXPath.ALL_RESULTS_TYPE, this.#options); } catch (error) {
        const said = (error instanceof Error ? error.message : '').split('\n').find((line) => line.includes('XPST'));
        if (said !== undefined) wrong.push(`${what} (${said.trim().slice(0, 120)})`);
      }
    };
    for (const { name, value } of this.#schema.lets) {
      tried(`let ${name}`, value);
      this.#variables[name] = '';
      const file = /^\s*'([^']+\.xml)'\s*$/.exec(value)?.[1];
      if (file !== undefined) try { load(file); } catch { wrong.push(`let ${name} (${file})`); }
    }
    for (const { id, rules } of this.#schema.patterns) for (const { context, lets, tests } of rules) {
      tried(`${id}: ${short(context)}`, context);
      for (const { test } of tests) tried(`${id}: ${short(test)}`, within(lets, test));
    }
    return wrong;
  }

  /** In a pattern the first rule whose context a node matches is the one that counts for it. */
  #pattern(rules: readonly Rule[], id: string): void {
    const taken = new Set<Node>();
    for (const rule of rules) {
      const nodes = this.#safely(`${id}: ${rule.context}`, () => this.#matching(rule.context)) ?? [];
      for (const node of nodes) {
        if (taken.has(node)) continue;
        taken.add(node);
        for (const test of rule.tests) this.#test(test, rule.lets, node, id);
      }
    }
  }

  /** Nodes that a context (an XSLT pattern) matches, in each place it may start from. */
  #matching(context: string): Set<Node> {
    return new Set(alternatives(context).flatMap((one) => {
      if (one.startsWith('/')) return this.#nodes(one, this.#document);
      return [...this.#starts(one)].flatMap((from) => this.#nodes(one, from));
    }));
  }

  /** Parents of the elements that the first step can be; every element and the document when it is of another kind. */
  #starts(context: string): Set<Node> {
    const parent = (element: Element): Node[] => (element.parentNode === null ? [] : [element.parentNode]);
    if (byTemplate.test(context)) return new Set(this.#elements.named('templateId').flatMap(parent).flatMap((element) => parent(element as Element)));
    const name = firstName.exec(context)?.[2];
    return name === undefined || name === 'node' ? new Set<Node>([this.#document, ...this.#elements.all]) : new Set(this.#elements.named(name).flatMap(parent));
  }

  #nodes(expression: string, from: Node): Node[] {
    this.#running.current = from;
    return evaluateXPathToNodes(expression, from, null, this.#variables, this.#options);
  }

  #test({ is, test, text, severity }: Test, lets: readonly Let[], node: Node, id: string): void {
    const holds = this.#safely(`${id}: ${short(test)}`, () => { this.#running.current = node; return evaluateXPathToBoolean(within([...this.#sequences, ...lets], test), node, null, this.#variables, this.#options); });
    if (holds === undefined || holds === (is === 'assert')) return;
    this.#broken.push({ text, position: positionOf(node), severity });
  }

  /** Undefined when the expression cannot be evaluated: then it judges nothing, and is told. The reason is the pack's own text, never the document's. */
  #safely<T>(what: string, evaluate: () => T): T | undefined {
    this.#missing = '';
    try { return evaluate(); } catch {
      this.#unchecked.add(this.#missing === '' ? what : `${what} (${this.#missing})`);
      return undefined;
    }
  }
}
