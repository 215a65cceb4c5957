import { memo, useEffect, useMemo, useRef, type MouseEvent } from 'react';
import { useWords } from '../words/language.tsx';
import { jsonLines, placesAt, within, type Links } from './message-links.ts';
import { LongText } from './message-text.tsx';
import { messageWords } from './message-words.ts';

interface Props { readonly json: unknown; readonly links: Links; readonly marked: readonly string[]; readonly point: (places: readonly string[]) => void }

/** The Bundle, a line an element, each knowing its FHIRPath. */
export function JsonView({ json, links, marked, point }: Props) {
  const words = useWords(messageWords);
  const view = useRef<HTMLPreElement>(null);
  useEffect(() => {
    let first = true;
    for (const one of view.current?.querySelectorAll<HTMLElement>('[data-path]') ?? []) {
      const lit = marked.some((path) => within(one.dataset.path ?? '', path));
      one.toggleAttribute('data-marked', lit);
      if (lit && first) { first = false; one.scrollIntoView({ block: 'nearest' }); }
    }
  }, [marked]);
  const over = (event: MouseEvent): void => { const path = (event.target as HTMLElement).closest<HTMLElement>('[data-path]')?.dataset.path; if (path !== undefined) point(placesAt(path, links)); };
  return <pre ref={view} className="text" tabIndex={0} aria-label={words.fhir} onMouseOver={over}><Lines json={json} links={links} /></pre>;
}

const Lines = memo(function Lines({ json, links }: Pick<Props, 'json' | 'links'>) {
  const lines = useMemo(() => jsonLines(json), [json]);
  return <>{lines.map(({ path, depth, text }, at) => <span key={at} data-path={path} data-linked={links.places.has(path) ? '' : undefined} title={path}>{'  '.repeat(depth)}<LongText text={text} />{'\n'}</span>)}</>;
});
