import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Fixture, FixtureHead } from '../api/contract/vendor.ts';

/** Deepest folder of an example below the catalogue's. */
const deepest = 5;

/** Files called `in.*`, in the order of their paths. */
function inputs(folder: string, depth = 0): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((one) => {
    const path = join(folder, one.name);
    if (one.isDirectory()) return depth < deepest ? inputs(path, depth + 1) : [];
    return one.isFile() && one.name.startsWith('in.') ? [path] : [];
  });
}
const textOf = (file: string): string | null => { try { return readFileSync(file, 'utf8'); } catch { return null; } };
const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const decoded = (bytes: Uint8Array): string | null => { try { return strictly.decode(bytes); } catch { return null; } };

/** The examples of a folder (`fixtures/<format>/<family>/<case>/in.*`), found once: it does not change under a gateway. */
export function catalogueOf(folder: string): { list(): readonly FixtureHead[]; get(id: string): Fixture | null } {
  let found: Map<string, { readonly head: FixtureHead; readonly file: string }> | null = null;
  const all = (): NonNullable<typeof found> => {
    if (found !== null) return found;
    found = new Map();
    for (const file of inputs(folder)) {
      const parts = relative(folder, join(file, '..')).split(sep);
      const [format = '', family = ''] = parts;
      const id = parts.join('~');
      const title = /^#\s*(.+)$/m.exec(textOf(join(file, '..', 'about.md')) ?? '')?.[1] ?? parts.join(' ');
      // An example in JSON and in XML is one example: its first file.
      if (!found.has(id)) found.set(id, { file, head: { id, format, family, name: parts.slice(2).join(' '), title } });
    }
    return found;
  };
  return {
    list: () => [...all().values()].map(({ head }) => head),
    get: (id) => {
      const one = all().get(id);
      if (one === undefined) return null;
      const bytes = readFileSync(one.file);
      const beside = (name: string): string | null => textOf(join(one.file, '..', name));
      return { ...one.head, about: beside('about.md') ?? '', file: basename(one.file), base64: bytes.toString('base64'), text: decoded(bytes), readable: beside('readable.hl7') };
    },
  };
}
