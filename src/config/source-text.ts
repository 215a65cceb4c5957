import { LineCounter, parseDocument, type Document } from 'yaml';
import { configFault, type ConfigFault, type Position } from './fault.ts';

/** A YAML text with the place of each of its parts. */
export interface SourceText {
  readonly document: Document.Parsed;
  /** Where an offset of the text is; the text's beginning without one. */
  at(offset?: number): Position;
  readonly faults: readonly ConfigFault[];
}

export function parseText(text: string, file: string): SourceText {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, strict: true, uniqueKeys: true });
  const at = (offset = 0): Position => { const { line, col } = counter.linePos(offset); return { file, line: Math.max(1, line), column: Math.max(1, col) }; };
  // The message names what the parser expected; the text around it, which may be a secret, is left out.
  const faults = [...document.errors, ...document.warnings].map(error => configFault('config.yaml', '', at(error.pos[0]), [error.code]));
  return { document, at, faults };
}
