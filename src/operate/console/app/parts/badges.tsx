import { Badge } from '@mantine/core';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';

/** Colour repeats what the word says, never alone (WCAG 1.4.1). */
const stateColour = { waiting: 'blue', sending: 'blue', submitted: 'violet', held: 'orange', delivered: 'green', refused: 'red', abandoned: 'gray' } as const;
export type DeliveryState = keyof typeof stateColour;
export function StateBadge({ state, count }: { readonly state: DeliveryState; readonly count?: number }) {
  const words = useWords(common);
  return <Badge color={stateColour[state]}>{count === undefined ? '' : `${String(count)} `}{words.state[state]}</Badge>;
}

const dispositionColour = { planned: 'green', rejected: 'red', consumed: 'gray', repeated: 'gray', quarantined: 'orange', pipeline: 'blue', refused: 'red' } as const;
export type DispositionShown = keyof typeof dispositionColour;
export function DispositionBadge({ disposition }: { readonly disposition: DispositionShown }) {
  const words = useWords(common);
  return <Badge color={dispositionColour[disposition]}>{words.disposition[disposition]}</Badge>;
}

const severityColour = { error: 'red', warning: 'orange', information: 'blue' } as const;
export function SeverityBadge({ severity }: { readonly severity: keyof typeof severityColour }) {
  const words = useWords(common);
  return <Badge color={severityColour[severity]}>{words.severity[severity]}</Badge>;
}
