import { PageHead } from '../shell.tsx';
import { useWords } from '../words/language.tsx';
import { nowWords } from './now-words.ts';

export function NowPage() {
  const words = useWords(nowWords);
  return <PageHead title={words.title} />;
}
