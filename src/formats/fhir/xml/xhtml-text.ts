import type { OpenTag } from './tree-builder.ts';

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A narrative written anew, without prefixes: for one whose namespace is declared around it, which as it stands would
 * lose its meaning in JSON.
 */
export class XhtmlText {
  text = '';
  private readonly open: string[] = [];
  private bare = false;

  start(tag: OpenTag): void {
    this.fill();
    const namespace = this.open.length === 0 ? ' xmlns="http://www.w3.org/1999/xhtml"' : '';
    const attributes = tag.attributes.filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
      .map(({ name, value }) => ` ${name}="${escape(value)}"`);
    this.text += `<${tag.local}${namespace}${attributes.join('')}`;
    this.open.push(tag.local);
    this.bare = true;
  }

  characters(text: string): void {
    this.fill();
    this.text += escape(text);
  }

  end(): void {
    const name = this.open.pop() ?? '';
    this.text += this.bare ? '/>' : `</${name}>`;
    this.bare = false;
  }

  private fill(): void {
    if (this.bare) this.text += '>';
    this.bare = false;
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, character => escaped[character] ?? '');
}
