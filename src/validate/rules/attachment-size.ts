import { rule } from '../run/rule.ts';
import { text, type ElementRule } from './resource-rule.ts';

const wrongSize = rule('attachment-size', 'error', 'structure', 'La taille annoncée {0} n’est pas celle des données ({1})', 'Stated Attachment Size {0} does not match actual attachment size {1}', 'Corriger ou retirer size', 'Correct size or leave it out');

/** size counts the bytes before base64 (datatypes.html#Attachment). */
export const attachmentSize: ElementRule = {
  id: 'attachment-size', types: ['Attachment'], source: 'R4 datatypes-definitions.html#Attachment.size', decision: 'adopted',
  why: 'a size that is not that of the data shows truncated content',
  check: (value, run) => {
    const data = text(value.data);
    const { size } = value;
    if (data === undefined || typeof size !== 'number') return;
    const actual = decodedLength(data);
    if (actual !== size) run.report(wrongSize, [String(size), String(actual)]);
  },
};

function decodedLength(base64: string): number {
  const bare = base64.replace(/\s+/g, '');
  const padding = bare.endsWith('==') ? 2 : bare.endsWith('=') ? 1 : 0;
  return Math.floor(bare.length / 4) * 3 - padding;
}
