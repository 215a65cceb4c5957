import type { Bundle, Meta, Resource } from '@medplum/fhirtypes';

/**
 * The JSON of a Bundle's resources, each made once: the stored Bundle and the bodies that leave are put together of these
 * texts. A resource must not change once its text was asked for.
 */
export class ResourceTexts {
  readonly #texts = new Map<Resource, string>();

  of(resource: Resource): string {
    const known = this.#texts.get(resource);
    if (known !== undefined) return known;
    const text = JSON.stringify(resource);
    this.#texts.set(resource, text);
    return text;
  }

  /**
   * The same in pieces, with another meta (emitResource): its own is taken out, `meta` stands at the end. Its own is found as it
   * is written: inside a value its quotes would be escaped, and normalize contains no resource in another.
   */
  withMeta(resource: Resource, meta: Meta | undefined): readonly string[] {
    const text = this.of(resource);
    const last = meta === undefined ? '}' : `,"meta":${JSON.stringify(meta)}}`;
    if (resource.meta === undefined) return [text.slice(0, -1), last];
    const own = `,"meta":${JSON.stringify(resource.meta)}`;
    const at = text.indexOf(own);
    if (at < 0) { const { meta: _, ...rest } = resource; return [JSON.stringify(rest).slice(0, -1), last]; }
    return [text.slice(0, at), text.slice(at + own.length, -1), last];
  }
}

/** A message Bundle as JSON, in pieces. */
export function bundleText(bundle: Bundle, texts: ResourceTexts): readonly string[] {
  const { entry, ...head } = bundle;
  if (entry === undefined) return [JSON.stringify(bundle)];
  const pieces = [`${JSON.stringify(head).slice(0, -1)},"entry":[`];
  let open = '{';
  for (const { fullUrl, resource } of entry) {
    if (resource === undefined) continue;
    pieces.push(`${open}"fullUrl":${JSON.stringify(fullUrl)},"resource":`, texts.of(resource));
    open = '},{';
  }
  pieces.push(open === '{' ? ']}' : '}]}');
  return pieces;
}
