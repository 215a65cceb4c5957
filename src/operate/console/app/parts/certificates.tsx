import { Badge, Group, Text } from '@mantine/core';
import type { CertificateSeen } from '../../../api/contract/destinations.ts';
import { dayOf } from '../words/format.ts';
import { both, useLanguage, useWords } from '../words/language.tsx';

const certificateWords = both({
  left: (days: number) => (days < 0 ? `terminé depuis ${String(-days)} j` : `${String(days)} j`), until: (day: string) => `jusqu’au ${day}`, none: 'aucun',
}, {
  left: (days: number) => (days < 0 ? `ended ${String(-days)} d ago` : `${String(days)} d`), until: (day: string) => `until ${day}`, none: 'none',
});

/** Days left at which somebody should act, as the alerts have them. */
const soon = 60, urgent = 7;

/** Certificates with what is left of them; colour repeats the number of days. */
export function CertificatesSeen({ certificates }: { readonly certificates: readonly CertificateSeen[] }) {
  const words = useWords(certificateWords);
  const { language } = useLanguage();
  if (certificates.length === 0) return <Text size="sm" c="dimmed">{words.none}</Text>;
  return (
    <>
      {certificates.map(({ where, notAfter, daysLeft }) => (
        <Group key={where} gap={6}>
          <Badge color={daysLeft <= urgent ? 'red' : daysLeft <= soon ? 'orange' : 'green'}>{words.left(daysLeft)}</Badge>
          <Text size="sm">{where} {words.until(dayOf(notAfter, language))}</Text>
        </Group>
      ))}
    </>
  );
}
