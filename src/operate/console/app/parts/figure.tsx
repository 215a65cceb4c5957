import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One number that is read from across the room, and what to do about it. */
export const Figure = ({ label, value, more = null, alarming = false }: { readonly label: string; readonly value: string; readonly more?: ReactNode; readonly alarming?: boolean }) => (
  <Paper withBorder p="sm" component="section" aria-label={label} data-alarming={alarming} className="figure">
    <Text size="sm" c="dimmed">{label}</Text>
    <Text fz={28} fw={650} lh={1.2}>{value}</Text>
    {more !== null && <Text size="sm" component="div">{more}</Text>}
  </Paper>
);
