/** Fields that say the same thing twice; when they agree, one element of the Bundle carries both. */
export const twins: readonly (readonly [segment: string, field: number, of: string, ofField: number])[] = [
  ['ORC', 2, 'OBR', 2], ['ORC', 3, 'OBR', 3], ['ORC', 12, 'OBR', 16], ['ORC', 14, 'OBR', 17],
];
