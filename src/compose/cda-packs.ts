import { finding } from '../domain/finding.ts';
import { decode, declaredEncoding } from '../formats/cda/encoding.ts';
import { PackageFault } from '../packages/fault.ts';
import { PackStore } from '../packages/cda-pack/pack-store.ts';
import type { DocumentCheck } from '../route/document-rules.ts';

/** A declaration of an encoding would contradict the decoded text; its line is kept, so that places stay right. */
const undeclared = (text: string): string => text.replace(/^\uFEFF?<\?xml[^>]*\?>/, '');

/**
 * Every CI-SIS pack that was added, as one check; null when there is none, and then nothing is loaded (libxml2, XPath) and no
 * message pays for it. Throws PackageFault.
 */
export async function cdaPackCheck(packagesFolder: string): Promise<DocumentCheck | null> {
  const store = new PackStore(packagesFolder);
  const packs = store.list();
  if (packs.length === 0) return null;
  const { openPackCheck } = await import('../packages/cda-pack/check.ts');
  const checks = packs.map((contents) => {
    try { return { name: contents.name, check: openPackCheck(contents, (path) => store.file(contents.name, path)) }; } catch (error) {
      throw new PackageFault(`the CI-SIS pack cannot be used: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : 'unknown'}`, `ci-sis/${contents.name}`, 'add a complete pack, or take this one away with packages remove');
    }
  });
  return (bytes, header, place) => {
    // The header was read from these bytes: they are decodable, well-formed, and without a document type.
    const text = undeclared(decode(bytes, declaredEncoding(bytes)) ?? '');
    const templates = header.templateIds.map(({ root }) => root);
    return checks.flatMap(({ name, check }) => {
      // A library that gives up on a document must not cost the message its plan (invariant 7); its words may quote the document.
      try { return check(text, templates, place); } catch (error) { return [finding('cda-pack.unchecked', place, name, error instanceof Error ? error.name : 'unknown')]; }
    });
  };
}
