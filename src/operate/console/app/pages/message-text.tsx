import { useState } from 'react';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { broken } from './message-links.ts';
import { messageWords } from './message-words.ts';

/** A document inside a message is drawn only when asked for: a browser takes seconds over a megabyte of one word. */
const longest = 3000, shownOfLong = 200;

export function LongText({ text }: { readonly text: string }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const [whole, setWhole] = useState(false);
  if (text.length <= longest || whole) return <>{text}</>;
  return <>{text.slice(0, shownOfLong)}… <button type="button" className="link" onClick={() => { setWhole(true); }}>{words.wholeValue(number(text.length, language))}</button></>;
}

const shortestMarked = 2, mostMarked = 200;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text, with every occurrence of these values lit: what left keeps no provenance of its own. */
export function PlainText({ text, values, label }: { readonly text: string; readonly values: readonly string[]; readonly label: string }) {
  const lit = values.filter((one) => one.trim().length >= shortestMarked);
  // The values stand at the odd places.
  const parts = lit.length === 0 ? [text] : text.split(new RegExp(`(${lit.map(literal).join('|')})`), 2 * mostMarked + 1);
  return <pre className="text" tabIndex={0} aria-label={label}>{parts.map((one, at) => (at % 2 === 1 ? <mark key={at}>{broken(one)}</mark> : <LongText key={at} text={broken(one)} />))}</pre>;
}
