import { scanTag, type Tag } from './xhtml-tag.ts';

export interface XhtmlProblem { readonly kind: 'element' | 'attribute' | 'entity' | 'syntax' | 'root' | 'namespace' | 'link'; readonly fr: string; readonly en: string }

/** Basic formatting of XHTML chapters 7 to 11 and 15, links and images (narrative.html#xhtml). */
const elements = new Set((
  'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn var abbr acronym cite blockquote hr address bdo kbd q sub sup '
  + 'ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area'
).split(' '));

const attributes = new Set((
  'title style class id lang xml:lang xml:space dir accesskey tabindex xmlns span width align valign char charoff abbr axis headers scope rowspan colspan '
  + 'name href rel rev alt src height longdesc usemap ismap shape coords cite border cellpadding cellspacing frame rules summary nowrap bgcolor color size face type start value datetime hreflang target'
).split(' '));

/** Those of XML: the entities of HTML are not there (narrative.html#xhtml, "Unicode characters SHALL be used instead"). */
const entities = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);
/** What HTML 4.0 does not have within a paragraph; the reference validator asks the same. */
const blocks = new Set(['div', 'blockquote', 'table', 'ol', 'ul', 'p']);
const entity = /&(#\d+|#x[0-9a-fA-F]+|\w+)?(;)?/y;

/**
 * The first thing wrong with a narrative; undefined when it is fit. One pass over the text, which every message pays:
 * no regular expression unless an ampersand is met.
 */
export function xhtmlProblem(text: string): XhtmlProblem | undefined {
  const open: string[] = [];
  const length = text.length;
  let ampersand = text.indexOf('&');
  let position = 0;
  let rooted = false;
  while (position < length) {
    const start = text.indexOf('<', position);
    if ((open.length === 0 || start < 0) && !isBlank(text, position, start < 0 ? length : start)) {
      return start < 0 && open.length > 0 ? unclosed : problem('root', 'contenu hors du div', 'content outside the div');
    }
    if (start < 0) break;
    const top = open.at(-1);
    if (top !== undefined && closes(text, start, top)) {
      for (; ampersand >= 0 && ampersand < start; ampersand = text.indexOf('&', ampersand + 1)) {
        const wrong = entityProblem(text, ampersand);
        if (wrong !== undefined) return wrong;
      }
      open.pop();
      position = start + top.length + 3;
      continue;
    }
    const tag = scanTag(text, start);
    if (tag === undefined) return problem('syntax', 'balise mal formée', 'malformed tag');
    for (; ampersand >= 0 && ampersand < tag.end; ampersand = text.indexOf('&', ampersand + 1)) {
      const wrong = entityProblem(text, ampersand);
      if (wrong !== undefined) return wrong;
    }
    position = tag.end;
    if (tag.kind === 'comment') continue;
    if (tag.kind === 'close') {
      if (open.pop() === tag.name) continue;
      return problem('syntax', 'balises croisées', 'mismatched tags');
    }
    const root = open.length === 0;
    if (root && (rooted || tag.name !== 'div')) return problem('root', 'le narratif doit être un seul div', 'the narrative must be a single div');
    if (blocks.has(tag.name) && open.includes('p')) return problem('element', `élément <${tag.name}> dans un paragraphe`, `element <${tag.name}> within a paragraph`);
    const wrong = tagProblem(tag, root);
    if (wrong !== undefined) return wrong;
    rooted = true;
    if (tag.kind === 'open') open.push(tag.name);
  }
  if (open.length > 0) return unclosed;
  return rooted ? undefined : problem('root', 'div absent', 'no div');
}

/** Is there something to read: text or an image (txt-2)? */
export function xhtmlHasContent(text: string): boolean {
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf('<', position);
    const end = start < 0 ? text.length : start;
    if (!isBlank(text, position, end) && text.slice(position, end).replace(/&nbsp;|&#160;|&#xA0;/gi, '').trim() !== '') return true;
    if (start < 0 || text.startsWith('<img', start)) return start >= 0;
    const close = text.indexOf('>', start);
    if (close < 0) return false;
    position = close + 1;
  }
  return false;
}

const unclosed: XhtmlProblem = { kind: 'syntax', fr: 'balise non fermée', en: 'unclosed tag' };

function tagProblem({ name, attributes: list }: Tag, root: boolean): XhtmlProblem | undefined {
  if (!elements.has(name)) return problem('element', `élément <${name}>`, `element <${name}>`);
  let namespace: string | undefined;
  for (let i = 0; i < list.length; i += 2) {
    const attribute = list[i] ?? '';
    const value = list[i + 1] ?? '';
    if (attribute === 'xmlns') namespace = value;
    else if (!attributes.has(attribute) && !attribute.startsWith('data-') && !attribute.startsWith('xmlns:')) return problem('attribute', `attribut ${attribute}`, `attribute ${attribute}`);
    else if ((attribute === 'href' || attribute === 'src') && /^\s*(?:javascript|vbscript):/i.test(value)) return problem('link', 'lien exécutable', 'executable link');
  }
  return root && namespace !== 'http://www.w3.org/1999/xhtml' ? problem('namespace', 'espace de noms XHTML absent', 'XHTML namespace missing') : undefined;
}

function entityProblem(text: string, at: number): XhtmlProblem | undefined {
  entity.lastIndex = at;
  const found = entity.exec(text);
  const name = found?.[1];
  if (name === undefined || found?.[2] === undefined) return problem('syntax', '& isolé', 'lone &');
  return name.startsWith('#') || entities.has(name) ? undefined : problem('entity', `entité &${name};`, `entity &${name};`);
}

/** `</name>` without space, the usual way. */
function closes(text: string, start: number, name: string): boolean {
  return text.charCodeAt(start + 1) === 47 && text.charCodeAt(start + 2 + name.length) === 62 && text.startsWith(name, start + 2);
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) > 32) return false;
  return true;
}

function problem(kind: XhtmlProblem['kind'], fr: string, en: string): XhtmlProblem {
  return { kind, fr, en };
}
