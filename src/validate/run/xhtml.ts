export interface XhtmlProblem { readonly kind: 'element' | 'attribute' | 'entity' | 'syntax' | 'root' | 'namespace' | 'link'; readonly fr: string; readonly en: string }

/** Basic formatting of XHTML chapters 7 to 11 and 15, links and images (narrative.html#xhtml). */
const elements = new Set((
  'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd q sub sup '
  + 'ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area ins del s u center font'
).split(' '));

const attributes = new Set((
  'title style class id lang xml:lang xml:space dir accesskey tabindex xmlns span width align valign char charoff abbr axis headers scope rowspan colspan '
  + 'name href rel rev alt src height longdesc usemap ismap shape coords cite border cellpadding cellspacing frame rules summary nowrap bgcolor color size face type start value datetime hreflang target data'
).split(' '));

const entities = new Set(['lt', 'gt', 'amp', 'quot', 'apos', 'nbsp']);
const tag = /<(?:!--[\s\S]*?-->|\/([A-Za-z][\w:.-]*)\s*>|([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The first thing wrong with a narrative; undefined when it is fit. Linear in the text. */
export function xhtmlProblem(text: string): XhtmlProblem | undefined {
  const open: string[] = [];
  let position = text.search(/\S/);
  if (position < 0) return problem('root', 'texte vide', 'empty text');
  let rooted = false;
  while (position < text.length) {
    if (text.charCodeAt(position) !== 60) {
      const end = text.indexOf('<', position);
      const run = text.slice(position, end < 0 ? text.length : end);
      const wrong = open.length === 0 && run.trim() !== '' ? problem('root', 'contenu hors du div', 'content outside the div') : entityProblem(run);
      if (wrong !== undefined) return wrong;
      position += run.length;
      continue;
    }
    tag.lastIndex = position;
    const found = tag.exec(text);
    if (found === null) return problem('syntax', 'balise mal formée', 'malformed tag');
    position += found[0].length;
    const [, closing, opening, list = '', empty] = found;
    if (closing !== undefined) {
      if (open.pop() !== closing) return problem('syntax', 'balises croisées', 'mismatched tags');
    } else if (opening !== undefined) {
      if (open.length === 0 && (rooted || opening !== 'div')) return problem('root', 'le narratif doit être un seul div', 'the narrative must be a single div');
      const wrong = elementProblem(opening, list, open.length === 0);
      if (wrong !== undefined) return wrong;
      rooted = true;
      if (empty === '') open.push(opening);
    }
  }
  return open.length > 0 ? problem('syntax', 'balise non fermée', 'unclosed tag') : rooted ? undefined : problem('root', 'div absent', 'no div');
}

/** Is there something to read: text or an image (txt-2)? */
export function xhtmlHasContent(text: string): boolean {
  return /<img\b/.test(text) || text.replace(/<[^>]*>/g, '').replace(/&nbsp;|&#160;|&#xA0;/gi, ' ').trim() !== '';
}

function elementProblem(name: string, list: string, root: boolean): XhtmlProblem | undefined {
  if (!elements.has(name)) return problem('element', `élément <${name}>`, `element <${name}>`);
  let namespace: string | undefined;
  for (const [, attributeName = '', quoted, single] of list.matchAll(attribute)) {
    const value = quoted ?? single ?? '';
    if (attributeName === 'xmlns') namespace = value;
    else if (!attributes.has(attributeName) && !attributeName.startsWith('data-') && !attributeName.startsWith('xmlns:')) return problem('attribute', `attribut ${attributeName}`, `attribute ${attributeName}`);
    if ((attributeName === 'href' || attributeName === 'src') && /^\s*(?:javascript|vbscript):/i.test(value)) return problem('link', 'lien exécutable', 'executable link');
    const wrong = entityProblem(value);
    if (wrong !== undefined) return wrong;
  }
  return root && namespace !== 'http://www.w3.org/1999/xhtml' ? problem('namespace', 'espace de noms XHTML absent', 'XHTML namespace missing') : undefined;
}

function entityProblem(text: string): XhtmlProblem | undefined {
  if (!text.includes('&')) return undefined;
  for (const [, name] of text.matchAll(/&(#\d+;|#x[0-9a-fA-F]+;|\w+;)?/g)) {
    if (name === undefined) return problem('syntax', '& isolé', 'lone &');
    if (!name.startsWith('#') && !entities.has(name.slice(0, -1))) return problem('entity', `entité &${name}`, `entity &${name}`);
  }
  return undefined;
}

function problem(kind: XhtmlProblem['kind'], fr: string, en: string): XhtmlProblem {
  return { kind, fr, en };
}
