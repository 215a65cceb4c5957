import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { PackageFault } from './fault.ts';
import { inFrench, packageWords } from './fault-words.ts';

const source = new URL('../', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
/** The literal of a message or an advice, what varies in it as one word. */
const literal = String.raw`('(?:[^'\\]|\\.)*'|` + '`(?:[^`$]|\\$\\{(?:[^{}`]|`[^`]*`)*\\})*`)';
const thrown = files.flatMap((name) => [...readFileSync(new URL(name, source), 'utf8').matchAll(new RegExp(`new PackageFault\\(${literal}, [^'\n]*?, ${literal}\\)`, 'g'))].flatMap(([, what = '', advice = '']) => [what, advice]))
  .map((text) => text.slice(1, -1).replace(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, 'X'));

test('every package fault has its French words', () => {
  expect(thrown.length).toBeGreaterThan(30);
  expect(thrown.filter((text) => inFrench(text) === text)).toEqual([]);
});

test('said in the reader’s language, with where it is and what to do', () => {
  const fault = new PackageFault('the registry answers 503', 'a#1.0.0', 'check the package name and version');
  expect(packageWords(fault, 'fr')).toBe('a#1.0.0 : le registre répond 503.\n→ vérifiez le nom et la version du paquet.');
  expect(packageWords(fault, 'en')).toBe('a#1.0.0: the registry answers 503.\n→ check the package name and version.');
});
