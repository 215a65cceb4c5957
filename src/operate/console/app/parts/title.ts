import { useEffect } from 'react';

/** The document's title, of pages outside the shell. Never a name of what is shown: it stays in the browser's history. */
export const useTitle = (title: string): void => { useEffect(() => { document.title = `${title} · Passerelle`; }, [title]); };
