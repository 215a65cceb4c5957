import { useEffect, useState } from 'react';
import { common } from '../words/common.ts';
import { dateTime, duration } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';

/** The time, anew every so often. */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => { const timer = setInterval(() => { setNow(Date.now()); }, everyMs); return () => { clearInterval(timer); }; }, [everyMs]);
  return now;
}

/** A moment, to the second in the reader's time zone. */
export function When({ at }: { readonly at: number | null }) {
  const { language } = useLanguage();
  const words = useWords(common);
  return at === null ? <>{words.none}</> : <time dateTime={new Date(at).toISOString()}>{dateTime(at, language)}</time>;
}

const momentMs = 1000;
/** How long ago, or in how long; the moment itself is its title. */
export function Ago({ at }: { readonly at: number | null }) {
  const { language } = useLanguage();
  const words = useWords(common);
  const now = useNow();
  if (at === null) return <>{words.never}</>;
  const ms = now - at;
  return <time dateTime={new Date(at).toISOString()} title={dateTime(at, language)}>{Math.abs(ms) < momentMs ? words.now : ms > 0 ? words.ago(duration(ms, language)) : words.in(duration(-ms, language))}</time>;
}
