import { archiveOf } from './archive.ts';
import { PackageFault } from './fault.ts';
import { definitionsOf, type XmlReader } from './loose-file.ts';

/**
 * What `packages add` is given as the archive the store keeps: a FHIR package as it is; one definition or terminology file
 * (FHIR JSON or XML, SVS XML, CSV) as a package of its own, `local.<name>#<version>`. Throws PackageFault.
 */
export function asArchive(bytes: Buffer, place: string, readXml?: XmlReader): Buffer {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes;
  const definitions = definitionsOf(bytes, place, readXml);
  const [first] = definitions as { url?: unknown; version?: unknown }[];
  if (typeof first?.url !== 'string') throw new PackageFault('the definition has no canonical url', place, 'give a StructureDefinition, ValueSet or CodeSystem with its url');
  const name = (first.url.split('|')[0] ?? '').split('/').at(-1)?.toLowerCase().replace(/[^a-z0-9.-]/g, '-') ?? '';
  const version = typeof first.version === 'string' && /^[\w.+-]{1,60}$/.test(first.version) ? first.version : '0.0.0';
  return archiveOf(`local.${name}`.slice(0, 120), version, definitions);
}
