/** A media type and its parameters, names in lower case, quotes taken off (RFC 2045 §5.1). */
export interface ContentType { readonly type: string; readonly parameters: ReadonlyMap<string, string> }

const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/gy;

/** Reads a Content-Type as far as it is formed; what follows a malformed parameter is passed over. */
export function readContentType(text: string): ContentType {
  const end = text.indexOf(';');
  const parameters = new Map<string, string>();
  if (end >= 0) {
    parameter.lastIndex = end;
    for (let match = parameter.exec(text); match !== null; match = parameter.exec(text)) {
      const [, name = '', quoted, bare = ''] = match;
      parameters.set(name.toLowerCase(), quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'));
      while (text[parameter.lastIndex] === ' ') parameter.lastIndex += 1;
    }
  }
  return { type: (end < 0 ? text : text.slice(0, end)).trim().toLowerCase(), parameters };
}
