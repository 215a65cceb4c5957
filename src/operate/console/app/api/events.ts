/** Server-sent events (HTML Standard §9.2) out of a stream of text, wherever it is cut: the data of each. This API names none of them. */
export function eventsOf(): (text: string) => string[] {
  let kept = '';
  return (text) => {
    const blocks = (kept + text).split(/\r?\n\r?\n/);
    kept = blocks.pop() ?? '';
    return blocks.map((block) => block.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice('data:'.length).trim()).join('\n')).filter((data) => data !== '');
  };
}
