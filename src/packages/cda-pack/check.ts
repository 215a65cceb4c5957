import { finding, type Finding } from '../../domain/finding.ts';
import type { PackContents } from './contents.ts';
import { parseSchematron } from './schematron/parse.ts';
import { SchematronRunner } from './schematron/run.ts';
import type { Schema } from './schematron/schema.ts';
import { openSchema, type SchemaCheck } from './xsd.ts';

/** One document may break hundreds of rules for one cause: the first are enough to mend it. */
const mostTold = 20;

/** An XML text (decoded) by a pack: schema, then the schematron of its volet. `templates` are those of its header, as written. */
export type PackCheck = (text: string, templates: readonly string[], place: string) => readonly Finding[];

/** The volet's schematron: the last of the document's templates that one is for (headers go from general to precise), its newest. */
function schematronFor({ schematrons, general }: PackContents, templates: readonly string[]): string | null {
  for (const template of templates.toReversed()) {
    const newest = schematrons.filter((one) => one.path !== general && one.templates.includes(template)).at(-1);
    if (newest !== undefined) return newest.path;
  }
  return general;
}

/** Makes a pack ready. `read` gives its files. Throws Error when its schema cannot be used. */
export function openPackCheck(contents: PackContents, read: (path: string) => Buffer | undefined): PackCheck {
  const text = (path: string): string | undefined => read(path)?.toString('utf8');
  const schema: SchemaCheck | null = contents.schema === null ? null : openSchema(contents.name, contents.schema, read);
  const runner = new SchematronRunner(text);
  const parsed = new Map<string, Schema>();
  const schematron = (path: string): Schema => {
    const known = parsed.get(path) ?? parseSchematron(path, text);
    parsed.set(path, known);
    return known;
  };
  return (document, templates, place) => {
    const bySchema = (schema?.check(document) ?? []).map(({ position, text: said }) => finding('cda-pack.schema', place, position, said));
    const path = schematronFor(contents, templates);
    if (path === null) return [...bySchema.slice(0, mostTold), ...(contents.schematrons.length === 0 ? [] : [finding('cda-pack.unchecked', place, contents.name, 'no schematron for this volet')])];
    const { broken, unchecked } = runner.run(schematron(path), document);
    const byRules = broken.map(({ text: said, position, severity }): Finding => ({ ...finding('cda-pack.rule', place, position, said), severity }));
    const first = [...bySchema, ...byRules].sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error')).slice(0, mostTold);
    const [why] = unchecked;
    return why === undefined ? first : [...first, finding('cda-pack.unchecked', place, contents.name, `${path}, ${String(unchecked.length)} : ${why}`)];
  };
}
