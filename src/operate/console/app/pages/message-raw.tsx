import { memo, useEffect, useMemo, useRef, type MouseEvent, type ReactNode } from 'react';
import type { PlaceSpan } from '../../../api/contract/story.ts';
import { useWords } from '../words/language.tsx';
import { broken, leaves, type Links } from './message-links.ts';
import { LongText } from './message-text.tsx';
import { messageWords } from './message-words.ts';

interface Props { readonly text: string; readonly places: readonly PlaceSpan[]; readonly links: Links; readonly marked: string | null; readonly point: (places: readonly string[]) => void }

/** The text as it came. Fields that became something are underlined; what lights up is set on the elements, as there may be thousands. */
export function RawView({ text, places, links, marked, point }: Props) {
  const words = useWords(messageWords);
  const view = useRef<HTMLPreElement>(null);
  useEffect(() => {
    let first = true;
    for (const one of view.current?.querySelectorAll<HTMLElement>('[data-place]') ?? []) {
      const lit = marked !== null && one.dataset.place === marked;
      one.toggleAttribute('data-marked', lit);
      if (lit && first) { first = false; one.scrollIntoView({ block: 'nearest' }); }
    }
  }, [marked]);
  const over = (event: MouseEvent): void => { const at = (event.target as HTMLElement).closest<HTMLElement>('[data-place]'); if (at?.dataset.linked !== undefined && at.dataset.place !== undefined) point([at.dataset.place]); };
  return <pre ref={view} className="text" tabIndex={0} aria-label={words.raw} onMouseOver={over}><Pieces text={text} places={places} links={links} /></pre>;
}

const Pieces = memo(function Pieces({ text, places, links }: Pick<Props, 'text' | 'places' | 'links'>) {
  const cut = useMemo(() => leaves(places), [places]);
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { place, start, end } of cut) {
    if (start > at) pieces.push(broken(text.slice(at, start)));
    pieces.push(<span key={place + String(start)} data-place={place} data-linked={links.paths.has(place) ? '' : undefined} title={place}><LongText text={broken(text.slice(start, end))} /></span>);
    at = end;
  }
  pieces.push(<LongText key="rest" text={broken(text.slice(at))} />);
  return <>{pieces}</>;
});
