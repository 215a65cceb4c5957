import { ParseOption, XmlDocument, xmlRegisterInputProvider, XmlValidateError, XsdValidator, type XmlElement } from 'libxml2-wasm';
import { resolvePath } from './schematron/schema.ts';

/** What a schema says against a document; the message has no value of it. */
export interface SchemaBroken { readonly position: string; readonly text: string }

const scheme = 'pack:/';
const packs = new Map<string, (path: string) => Buffer | undefined>();
const open = new Map<number, { readonly bytes: Buffer; at: number }>();
let registered = false;
let last = 0;

/** Schemas are read from the pack alone: no file of the disk, nothing from a network. */
function register(): void {
  if (registered) return;
  registered = true;
  xmlRegisterInputProvider({
    match: (name) => name.startsWith(scheme),
    open: (name) => {
      const [pack = '', ...path] = name.slice(scheme.length).split('/');
      const bytes = packs.get(pack)?.(resolvePath('', path.join('/')) ?? '');
      if (bytes === undefined) return undefined;
      last += 1;
      open.set(last, { bytes, at: 0 });
      return last;
    },
    read: (fd, into) => {
      const file = open.get(fd);
      if (file === undefined) return -1;
      const count = file.bytes.copy(into, 0, file.at, file.at + into.length);
      file.at += count;
      return count;
    },
    close: (fd) => open.delete(fd),
  });
}

const kept = /(Element|element|attribute|facet|type) '((?:\{[^}']*\})?[\w:.-]+)'/g;
const quotedValue = /(The value|':) '.*' (is not |has |does |must |exceeds |matches )/su;
/** libxml2 quotes what it found: only the names of elements, attributes, facets and types are the schema's own. */
export function withoutValues(message: string): string {
  // The last verb ends the value, whatever quotes it holds itself; a message of another shape keeps nothing between its first quote and its last.
  const cut = message.replace(quotedValue, '$1 … $2').replace(/(is not an element of the set) .*/su, '$1 of the schema.').replace(/(?<=sequence) \[.*\]/gsu, ' …');
  const names: string[] = [];
  const marked = cut.replace(kept, (_, what: string, name: string) => `${what} \u0000${String(names.push(name.replace(/^\{[^}]*\}/, '')) - 1)}\u0000`);
  return marked.replace(/'.*'/su, '…').replace(/\u0000(\d+)\u0000/g, (_, index: string) => `'${names[Number(index)] ?? ''}'`).replace(/\{urn:hl7-org:[\w.]+\}/g, '').replace(/\s+/g, ' ').trim();
}

export interface SchemaCheck { check(text: string): readonly SchemaBroken[] }

/** A schema of a pack, with those it includes. Throws Error when it cannot be used. */
export function openSchema(pack: string, path: string, read: (path: string) => Buffer | undefined): SchemaCheck {
  register();
  packs.set(pack, read);
  const bytes = read(path);
  if (bytes === undefined) throw new Error(`${path} is not in the pack`);
  const schema = XmlDocument.fromBuffer(bytes, { url: `${scheme}${pack}/${path}`, option: ParseOption.XML_PARSE_NONET });
  const validator = XsdValidator.fromDoc(schema);
  schema.dispose();
  return {
    check: (text) => {
      const document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_HUGE });
      try {
        const cda = document.root.name === 'ClinicalDocument' ? document.root : document.get('//c:ClinicalDocument', { c: 'urn:hl7-org:v3' }) as XmlElement | null;
        if (cda === null) return [{ position: '1:1', text: 'no ClinicalDocument' }];
        if (cda === document.root) validator.validate(document); else validator.validate(cda);
        return [];
      } catch (error) {
        if (!(error instanceof XmlValidateError)) throw error;
        return error.details.map(({ line, col, message }) => ({ position: `${String(line)}:${String(col)}`, text: withoutValues(message) }));
      } finally { document.dispose(); }
    },
  };
}
