import { explained } from './explain.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const shown = (value: unknown) => value === undefined || value === null ? '' : `\`${JSON.stringify(value)}\``;

/** The text of `docs/configuration.md`. */
export function configurationPage(): string {
  const sections: string[] = [];
  for (const one of explained()) {
    if (one.type === null) { sections.push(`\n## \`${one.path}\`\n\n${one.about.en}\n\n*${one.about.fr}*\n`); continue; }
    if (sections.at(-1)?.startsWith('|') !== true) sections.push(`\n| setting | what | value | default | example |\n|---|---|---|---|---|\n`);
    const marks = `${one.required ? ' **required**' : ''}${one.advanced ? ' (advanced)' : ''}`;
    sections.push(`| \`${one.path}\`${marks} | ${cell(one.about.en)}<br>*${cell(one.about.fr)}* | ${cell(one.type.en)} | ${cell(shown(one.default))} | \`${cell(one.example ?? '')}\` |\n`);
  }
  return `# Configuration\n
Generated from \`src/config/settings/\`; change it there. One YAML file, \`passerelle.yaml\` unless \`--config\` says otherwise; relative paths are from its
folder. Secrets are never written in it: each is \`{ file: … }\` or \`{ env: … }\`. \`passerelle config lint\` checks a file, all faults at once;
\`passerelle config explain\` prints this page; \`passerelle config test\` plays the tests written beside the rules.\n
${sections.join('')}`;
}
