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

/** A text, with every occurrence of a value lit: what left keeps no provenance of its own. */
export function PlainText({ text, value, label }: { readonly text: string; readonly value: string; readonly label: string }) {
  const parts = value.trim().length < shortestMarked ? [text] : text.split(value, mostMarked);
  return <pre className="text" tabIndex={0} aria-label={label}>{parts.map((one, at) => <span key={at}>{at > 0 && <mark>{broken(value)}</mark>}<LongText text={broken(one)} /></span>)}</pre>;
}
