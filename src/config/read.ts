import { isAbsolute, resolve } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { FaultCode } from '../domain/catalogue.ts';
import type { Group, Leaf, List, Setting } from './declare.ts';
import { expected, valueOf, type Described } from './expected.ts';
import { configFault, type ConfigFault, type Position } from './fault.ts';
import { nearest } from './nearest.ts';
import type { SourceText } from './source-text.ts';

type Found = Node | null;
const absent = (node: Found): boolean => node === null || (isScalar(node) && node.value === null);
const keyOf = (pair: Pair): string => isScalar(pair.key) ? String(pair.key.value) : '';

/** Reads a YAML text by the declaration: every fault is noted with its line, and reading goes on with the default. */
export class SettingsReader {
  readonly faults: ConfigFault[] = [];
  readonly #places = new Map<string, Position>();
  readonly #text: SourceText;
  readonly #folder: string;

  constructor(text: SourceText, folder: string) { this.#text = text; this.#folder = folder; }

  read(setting: Setting, node: Found, path: string, parent: Position): unknown {
    const real = isAlias(node) ? node.resolve(this.#text.document) ?? null : node;
    const at = real?.range ? this.#text.at(real.range[0]) : parent;
    this.#places.set(path, at);
    switch (setting.node) {
      case 'leaf': return this.#leaf(setting, real, path, at);
      case 'group': return this.#group(setting, real, path, at);
      case 'list': return this.#list(setting, real, path, at);
    }
  }

  /** Where a setting stands; its nearest ancestor's place when it is not written. */
  place(path: string): Position {
    for (let at = path; at !== '';) {
      const found = this.#places.get(at);
      if (found) return found;
      const above = at.replace(/(\[\d+\]|\.?[^.[\]]*)$/, '');
      at = above === at ? '' : above;
    }
    return this.#places.get('') ?? this.#text.at();
  }

  /** An error was noted at this setting or inside it: what depends on it cannot be judged. */
  broken(path: string): boolean {
    return this.faults.some(({ severity, location }) => severity === 'error' && (location === path || location.startsWith(`${path}.`) || location.startsWith(`${path}[`)));
  }

  fault(code: FaultCode, path: string, args: readonly string[] = [], near: string | null = null): void {
    this.faults.push(configFault(code, path, this.place(path), args, near));
  }

  #group(setting: Group, node: Found, path: string, at: Position): unknown {
    if (absent(node) && setting.absent === 'null') return null;
    if (!absent(node) && !isMap(node)) { this.#wrong(path, { fr: 'un ensemble de réglages', en: 'a group of settings' }); return null; }
    const pairs = new Map(isMap(node) ? (node).items.map(pair => [keyOf(pair), pair]) : []);
    const known = Object.keys(setting.fields);
    for (const [key, pair] of pairs) {
      if (known.includes(key)) continue;
      const where = join(path, key);
      const { range } = pair.key as Node;
      this.#places.set(where, range ? this.#text.at(range[0]) : at);
      this.fault('config.unknown-setting', where, [where, known.join(', ')], nearest(key, known));
    }
    return Object.fromEntries(Object.entries(setting.fields).flatMap(([key, field]) => {
      const value = this.read(field, (pairs.get(key)?.value as Found | undefined) ?? null, join(path, key), at);
      return value === undefined ? [] : [[key, value]];
    }));
  }

  #list(setting: List, node: Found, path: string, at: Position): unknown[] {
    if (absent(node)) return [];
    if (!isSeq(node)) { this.#wrong(path, { fr: 'une liste', en: 'a list' }); return []; }
    const seen = new Set<unknown>();
    return node.items.flatMap((item, i) => {
      const where = `${path}[${i}]`;
      const value = this.read(setting.item, item as Found, where, at) as Record<string, unknown> | null;
      // Noted as a fault already; its place is kept, for the ranks of those behind it.
      if (value === null) return [{}];
      const key = value[setting.key];
      if (key !== undefined && seen.has(key)) this.fault('config.duplicate', join(where, setting.key), [join(where, setting.key), path]);
      seen.add(key);
      // Others name an item by its key rather than its rank.
      if (typeof key === 'string') this.#places.set(join(path, key), this.place(where));
      return [value];
    });
  }

  #leaf(setting: Leaf, node: Found, path: string, at: Position): unknown {
    const { kind } = setting;
    if (absent(node)) {
      if (!('default' in setting)) { this.fault('config.missing', path, [path, setting.example]); return undefined; }
      return kind.is === 'path' && typeof setting.default === 'string' ? resolve(this.#folder, setting.default) : setting.default;
    }
    if (kind.is === 'secret') return this.#secret(node, path);
    if (kind.is === 'free') return this.#free(node, path);
    const described = expected(kind);
    const texts = kind.is === 'texts' || kind.is === 'choices';
    const items = texts && isSeq(node) ? node.items as Found[] : [node];
    const values = items.map((item, i) => {
      const scalar = isAlias(item) ? item.resolve(this.#text.document) : item;
      const value = isScalar(scalar) ? valueOf(scalar, kind) : undefined;
      if (described.fits(value)) return value;
      const where = texts && isSeq(node) ? `${path}[${i}]` : path;
      if (!this.#places.has(where)) this.#places.set(where, item?.range ? this.#text.at(item.range[0]) : at);
      this.#wrong(where, described, 'of' in kind && typeof value === 'string' ? nearest(value, kind.of) : null);
      return undefined;
    });
    if (texts) return values.filter(value => value !== undefined);
    return kind.is === 'path' && typeof values[0] === 'string' ? resolve(this.#folder, values[0]) : values[0] ?? setting.default;
  }

  /** `{ file: … }` or `{ env: … }`. Anything else is refused without being repeated: it may be the secret itself. */
  #secret(node: Found, path: string): unknown {
    const value: unknown = isMap(node) ? node.toJS(this.#text.document) : null;
    const found = secretOf(value);
    if (found === null) { this.fault(isScalar(node) ? 'config.secret-in-clear' : 'config.wrong-secret', path); return undefined; }
    return this.#absolute(found);
  }

  #free(node: Found, path: string): unknown {
    if (!isMap(node)) { this.#wrong(path, { fr: 'un ensemble de réglages', en: 'a group of settings' }); return {}; }
    return this.#opened(node.toJS(this.#text.document, { maxAliasCount: 100 }), path);
  }

  /** A connector's own settings: files made absolute, passwords in clear refused. */
  #opened(value: unknown, path: string): unknown {
    const secret = secretOf(value);
    if (secret) return this.#absolute(secret);
    if (Array.isArray(value)) return value.map((one, i) => this.#opened(one, `${path}[${i}]`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
      if (typeof inner === 'string' && /(passw(or)?d|passphrase|secret|token|private_?key|api_?key)$/i.test(key)) this.fault('config.secret-in-clear', join(path, key));
      return [key, this.#opened(inner, join(path, key))];
    }));
  }

  #absolute(secret: { file: string } | { env: string }): unknown {
    return 'file' in secret && !isAbsolute(secret.file) ? { file: resolve(this.#folder, secret.file) } : secret;
  }

  #wrong(path: string, shape: Pick<Described, 'fr' | 'en'>, near: string | null = null): void {
    this.fault('config.invalid-value', path, [path, shape.fr, shape.en], near);
  }
}

const join = (path: string, key: string) => path === '' ? key : `${path}.${key}`;

function secretOf(value: unknown): { file: string } | { env: string } | null {
  if (typeof value !== 'object' || value === null) return null;
  const [[key, inner] = [], ...more] = Object.entries(value) as [string, unknown][];
  if (more.length > 0 || typeof inner !== 'string' || inner === '') return null;
  return key === 'file' ? { file: inner } : key === 'env' ? { env: inner } : null;
}
