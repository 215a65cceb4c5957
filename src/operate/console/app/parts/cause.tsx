import { Text } from '@mantine/core';
import type { Cause } from '../../../api/contract/words.ts';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';

/** Why it is so, what to do, and who can: a fault of the catalogue in the reader's words. */
export function CauseLines({ cause: { text, advice, blame, code } }: { readonly cause: Cause }) {
  const words = useWords(common);
  const named = blame === null ? null : words.blame[blame as keyof typeof words.blame];
  return (
    <div>
      <Text size="sm" title={code}>{text}</Text>
      {advice !== '' && blame !== null && <Text size="sm"><strong>{words.what} : </strong>{advice}{named === null ? '' : ` (${named})`}</Text>}
    </div>
  );
}
