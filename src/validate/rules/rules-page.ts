import { errata } from '../fhirpath/errata.ts';
import { elementRules, resourceRules } from './index.ts';
import { notAdopted } from './not-adopted.ts';
import type { Described } from './resource-rule.ts';

/** The page that lists the rules outside profiles and the repaired invariants; `docs/validation-rules.md` is this text. */
export function rulesPage(): string {
  const adopted = [...resourceRules, ...elementRules].filter(rule => rule.decision === 'adopted');
  return [
    '# Validation rules outside the definitions', '',
    'Generated from `src/validate/rules`; do not edit. These rules are not in any StructureDefinition: the specification says them in words, or the',
    'reference validator applies them.', '',
    '## Adopted', '', ...table(adopted), '',
    '## Not adopted', '', ...table(notAdopted), '',
    '## Invariants evaluated in a repaired form', '',
    '| constraint | as published | as evaluated | who says so |', '| --- | --- | --- | --- |',
    ...errata.map(({ keys, published, repaired, source }) => `| ${keys.join(', ')} | ${code(published)} | ${code(repaired)} | ${cell(source)} |`), '',
  ].join('\n');
}

function table(rules: readonly Described[]): string[] {
  return ['| rule | looks at | from | why |', '| --- | --- | --- | --- |', ...rules.map(rule => `| ${rule.id} | ${rule.types.join(', ')} | ${cell(rule.source)} | ${cell(rule.why)} |`)];
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('`', "'");
}
