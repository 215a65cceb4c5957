import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { PageHead } from '../shell.tsx';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell.ts';

export function NotFoundPage() {
  const words = useWords(shellWords);
  return <><PageHead title={words.notFound} /><Text mb="sm">{words.notFoundText}</Text><Anchor component={Link} to="/">{words.home}</Anchor></>;
}
