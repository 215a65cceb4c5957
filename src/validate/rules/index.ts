import type { ResourceRule } from './resource-rule.ts';

/** Every rule, in the order of the documentation. */
export const allRules: readonly ResourceRule[] = [];

/** The adopted rules by resource type. */
export function rulesByType(rules: readonly ResourceRule[] = allRules): ReadonlyMap<string, readonly ResourceRule[]> {
  const byType = new Map<string, ResourceRule[]>();
  for (const rule of rules) {
    if (rule.decision !== 'adopted') continue;
    for (const type of rule.types) byType.set(type, [...byType.get(type) ?? [], rule]);
  }
  return byType;
}
