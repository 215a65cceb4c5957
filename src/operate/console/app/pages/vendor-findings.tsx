import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { VendorFinding } from '../../../api/contract/vendor.ts';
import { SeverityBadge } from '../parts/badges.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { number } from '../words/format.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { vendorWords } from './vendor-words.ts';

/** What is wrong, where, by which clause, and what to do. */
export function Findings({ findings }: { readonly findings: readonly VendorFinding[] }) {
  const words = useWords(vendorWords);
  const columns = useMemo((): Column<VendorFinding>[] => [
    { id: 'severity', header: words.severity, cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    { id: 'place', header: words.place, cell: ({ location }) => <code>{location}</code> },
    { id: 'what', header: words.what, cell: ({ text, code }) => <>{text} <Text span size="xs" c="dimmed">{code}</Text></> },
    { id: 'advice', header: words.advice, cell: ({ advice }) => advice },
    { id: 'clause', header: words.clause, cell: ({ spec }) => spec },
  ], [words]);
  return findings.length === 0 ? <Text size="sm">{words.noFinding}</Text> : <DataTable label={words.findings} rows={findings} columns={columns} rowKey={({ code, location, text }) => `${code} ${location} ${text}`} />;
}

interface Loss { readonly location: string; readonly reason: string }
/** What of the message its FHIR form does not carry, and why. */
export function Losses({ losses }: { readonly losses: readonly Loss[] }) {
  const words = useWords(vendorWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<Loss>[] => [
    { id: 'place', header: words.place, cell: ({ location }) => <code>{location}</code> },
    { id: 'why', header: words.why, cell: ({ reason }) => reason },
  ], [words]);
  if (losses.length === 0) return <Text size="sm">{words.noLoss}</Text>;
  return <details><summary>{words.losing(number(losses.length, language))}</summary><DataTable label={words.losses} rows={losses} columns={columns} rowKey={({ location, reason }) => `${location} ${reason}`} /></details>;
}
