import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Revealed } from '../../../api/contract/story.ts';
import { Failed } from '../parts/states.tsx';
import { common } from '../words/common.ts';
import { bytes } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { messageWords } from './message-words.ts';

type Document = NonNullable<Revealed['documents']>[number];

/** To a file: a document may carry a script, and is never opened in this page. */
function download({ name, content: { text, base64 } }: Document): void {
  const content = base64 === null ? text ?? '' : Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

export function RevealedDocuments({ documents, show }: { readonly documents: Revealed['documents']; readonly show: () => Promise<void> }) {
  const words = useWords(messageWords), shared = useWords(common);
  const { language } = useLanguage();
  const asking = useMutation({ mutationFn: show });
  if (documents === undefined) return <Stack mt="xs" align="flex-start"><Button size="xs" variant="default" loading={asking.isPending} onClick={() => { asking.mutate(); }}>{words.showDocuments}</Button>{asking.isError && <Failed error={asking.error} />}</Stack>;
  return <Stack mt="xs" gap={4}>{documents.map((one) => <Group key={one.name} gap="xs"><code>{one.name}</code><Text size="sm">{one.content.mediaType}, {bytes(one.content.size, language)}</Text><Button size="xs" variant="default" aria-label={`${shared.download} ${one.name}`} onClick={() => { download(one); }}>{shared.download}</Button></Group>)}</Stack>;
}
