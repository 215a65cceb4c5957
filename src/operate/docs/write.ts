// npm run docs: writes the generated pages; with --check, says which are stale and exits 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configurationPage } from '../../config/document.ts';
import { apiPage } from './api-page.ts';
import { faultsPage } from './faults-page.ts';

const pages = { 'docs/api.md': apiPage, 'docs/faults.md': faultsPage, 'docs/configuration.md': configurationPage };
const check = process.argv.includes('--check');
for (const [name, page] of Object.entries(pages)) {
  const file = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
  const text = page();
  if (check) {
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) { console.error(`${name} is stale: run npm run docs`); process.exitCode = 1; }
  } else {
    writeFileSync(file, text);
    console.log(name);
  }
}
