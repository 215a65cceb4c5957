import { definitionsOfList } from './code-list.ts';
import { PackageFault } from './fault.ts';
import { isSeparated, readSeparated } from './separated.ts';
import { isSvs, readSvs } from './svs.ts';

/** XML text → resource as FHIR JSON; undefined when it cannot be read. The caller has the type model it needs. */
export type XmlReader = (text: string) => unknown;

/** The definitions in one file: a FHIR resource in JSON or XML, those of a Bundle, or a list of the NOS in SVS XML or CSV. Throws PackageFault. */
export function definitionsOf(bytes: Buffer, path: string, readXml?: XmlReader): unknown[] {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (isSvs(text)) return definitionsOfList(readSvs(text, path));
  if (isSeparated(path)) return definitionsOfList(readSeparated(text, path));
  const resource = text.trimStart().startsWith('<') ? fromXml(text, path, readXml) : fromJson(text, path);
  const { resourceType, entry } = resource as { resourceType?: unknown; entry?: unknown };
  if (resourceType === undefined) throw new PackageFault('the file holds no FHIR resource', path, 'give a StructureDefinition, ValueSet, CodeSystem or a Bundle of them');
  if (resourceType !== 'Bundle' || !Array.isArray(entry)) return [resource];
  return entry.map(one => (one as { resource?: unknown } | null)?.resource);
}

function fromJson(text: string, path: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // said below
  }
  throw new PackageFault('the file is not JSON', path, 'give a definition in FHIR JSON or XML');
}

function fromXml(text: string, path: string, readXml: XmlReader | undefined): object {
  const resource = readXml?.(text);
  if (typeof resource === 'object' && resource !== null) return resource;
  throw new PackageFault('the XML definition cannot be read', path, 'give a definition in FHIR JSON or XML');
}
