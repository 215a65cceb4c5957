import { CloseButton, Group, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { common } from '../words/common.ts';
import { clockTime } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';

interface Said { readonly what: string; readonly at: number }
let said: Said | null = null;
const listeners = new Set<() => void>();
const tell = (next: Said | null): void => { said = next; for (const one of listeners) one(); };
/** What was just done, in words without a value of a patient: it stays in sight until something else is done or it is put away. */
export const sayDone = (what: string): void => { tell({ what, at: Date.now() }); };
/** Another account signs in: what the one before did is not told. */
export const sayNothing = (): void => { tell(null); };
const subscribe = (changed: () => void): (() => void) => { listeners.add(changed); return () => { listeners.delete(changed); }; };

/** The last act, said aloud to assistive technology (WCAG 4.1.3): what it changed may be on another page. */
export function LastDone() {
  const words = useWords(common);
  const { language } = useLanguage();
  const now = useSyncExternalStore(subscribe, () => said);
  return (
    <div role="status" aria-live="polite" className="said" data-said={now === null ? undefined : ''}>
      {now !== null && <Group gap="xs" wrap="nowrap" justify="space-between" p={6} pl="sm"><Text size="sm"><strong>{words.doneAt(clockTime(now.at, language))} : </strong>{now.what}</Text><CloseButton size="sm" aria-label={words.putAway} onClick={sayNothing} /></Group>}
    </div>
  );
}
