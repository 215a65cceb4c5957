import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { Language } from './languages.ts';

export type { Language };
/** The other language says the same things: each text, and each function of the same arguments to a text. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] extends (...given: infer A) => string ? (...given: A) => string : Same<T[K]> };

/** A page's words: what French says, English must. */
export const both = <const T extends object>(fr: T, en: Same<T>): { readonly fr: Same<T>; readonly en: Same<T> } => ({ fr: fr as unknown as Same<T>, en });

const stored = 'passerelle-language';
const remembered = (): Language => (localStorage.getItem(stored) === 'en' ? 'en' : 'fr');

interface Choice { readonly language: Language; choose: (language: Language) => void }
const Chosen = createContext<Choice>({ language: 'fr', choose: () => undefined });

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(remembered);
  useEffect(() => { document.documentElement.lang = language; }, [language]);
  const choose = (next: Language): void => { localStorage.setItem(stored, next); setLanguage(next); };
  return <Chosen value={{ language, choose }}>{children}</Chosen>;
}

export const useLanguage = (): Choice => use(Chosen);

/** The words of a page in the reader's language. */
export const useWords = <T,>(words: { readonly fr: T; readonly en: T }): T => words[use(Chosen).language];
