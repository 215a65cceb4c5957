import { SaxesParser } from 'saxes';
import type { CodeList } from './code-list.ts';
import { PackageFault } from './fault.ts';

/** Is the text an answer of IHE SVS (ITI TF-2 §3.48), the XML form of the NOS? */
export const isSvs = (text: string): boolean => /<(?:\w+:)?RetrieveValueSetResponse[\s>]/.test(text.slice(0, 2000));

/** `RetrieveValueSetResponse`: a ValueSet with its ConceptList, and the ANS's own attributes. Throws PackageFault. */
export function readSvs(text: string, place: string): CodeList {
  const parser = new SaxesParser({ xmlns: false });
  const list: { file: string; oid: string; version: string } = { file: '', oid: '', version: '' };
  const concepts: { system: string; code: string; display: string }[] = [];
  parser.on('doctype', () => { throw new Error('a DTD'); });
  parser.on('opentag', ({ name, attributes }) => {
    const of = (key: string): string => attributes[key] ?? '';
    const local = name.slice(name.indexOf(':') + 1);
    if (local === 'ValueSet') {
      list.file = of('urlFichier') === '' ? of('displayName') : of('urlFichier');
      list.oid = of('id');
      list.version = of('dateMaj') === '' ? of('version') : of('dateMaj');
    } else if (local === 'Concept' && of('code') !== '') concepts.push({ system: of('codeSystem'), code: of('code'), display: of('displayName') });
  });
  try {
    parser.write(text).close();
  } catch {
    throw new PackageFault('the XML terminology cannot be read', place, 'give a RetrieveValueSetResponse as the NOS publishes it');
  }
  if (list.file === '' || concepts.length === 0) throw new PackageFault('the terminology names no list or holds no code', place, 'give a RetrieveValueSetResponse as the NOS publishes it');
  return { ...list, concepts };
}
