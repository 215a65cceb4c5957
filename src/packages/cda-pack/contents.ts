import { parseSchematron } from './schematron/parse.ts';
import { SchematronRunner } from './schematron/run.ts';
import type { PackText, Schema } from './schematron/schema.ts';

/** A schematron of a pack: the documents it is for, and what of it can be used. */
export interface PackSchematron { readonly path: string; readonly templates: readonly string[]; readonly tests: number }
/** What a pack holds; kept beside its files when it is added. */
export interface PackContents {
  readonly name: string;
  /** Path of the schema that declares ClinicalDocument; null when the pack has none. */
  readonly schema: string | null;
  readonly schematrons: readonly PackSchematron[];
  /** The schematron for documents that no volet's is for. */
  readonly general: string | null;
  /** What of it cannot be used, and why: told when it is added, never passed over in silence. */
  readonly problems: readonly string[];
}

const aside = /(?:^|\/)(?:_?old|abstract|include|archives?)\//i;
const generalName = /StructurationCommune|StructurationMinimale|StrucMin/i;
const ofDocument = /ClinicalDocument\s*(?:\[[^\]]*\]\s*)?$/;
const template = /templateId(?:\s*\[\s*@root|\/@root)\s*=\s*['"]([\d.]+)['"]/g;

/** Templates of ClinicalDocument that a schematron asks for. */
function templatesOf(schema: Schema): string[] {
  const rules = schema.patterns.flatMap(({ rules: all }) => all).filter(({ context }) => ofDocument.test(context));
  const texts = rules.flatMap(({ context, tests }) => [context, ...tests.map(({ test }) => test)]);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(template)].map((found) => found[1] ?? '')))];
}

/** `CDA_extended.xsd` where it is, else the one schema that declares ClinicalDocument. */
function schemaOf(paths: readonly string[], read: PackText): { schema: string | null; problems: string[] } {
  const extended = paths.find((path) => /(?:^|\/)CDA_extended\.xsd$/i.test(path));
  if (extended !== undefined) return { schema: extended, problems: [] };
  const declaring = paths.filter((path) => /\.xsd$/i.test(path) && /<[\w:]*element\s[^>]*name\s*=\s*["']ClinicalDocument["']/.test(read(path) ?? ''));
  const [only, another] = declaring;
  return another === undefined ? { schema: only ?? null, problems: [] } : { schema: null, problems: [`several schemas declare ClinicalDocument and none is CDA_extended.xsd: ${declaring.join(', ')}`] };
}

/** Looks through a pack. Never throws. */
export function packContents(name: string, paths: readonly string[], read: PackText): PackContents {
  const { schema, problems } = schemaOf(paths, read);
  const schematrons: PackSchematron[] = [];
  const runner = new SchematronRunner(read);
  for (const path of paths.filter((one) => /\.sch$/i.test(one) && !aside.test(one)).sort()) {
    if (!/<(?:\w+:)?schema\b/.test(read(path) ?? '')) continue;
    try {
      const parsed = parseSchematron(path, read);
      problems.push(...runner.unusable(parsed).map((what) => `${path}: ${what}`));
      schematrons.push({ path, templates: templatesOf(parsed), tests: parsed.patterns.reduce((sum, { rules }) => sum + rules.reduce((all, { tests }) => all + tests.length, 0), 0) });
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : 'unreadable'}`);
    }
  }
  const general = schematrons.find(({ path }) => generalName.test(path))?.path ?? null;
  for (const { path, templates } of schematrons) if (templates.length === 0 && path !== general) problems.push(`${path}: names no templateId of ClinicalDocument, so no document is checked by it`);
  return { name, schema, schematrons, general, problems };
}
