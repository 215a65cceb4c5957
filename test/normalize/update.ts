import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { bytesOf, cases, folder, normalized, parts, written } from './fixture.ts';

/** `npm run fixtures` says which expected files no longer hold; `-- --write` writes them, for a person to read in the diff. */
const write = process.argv.includes('--write');
let different = 0;
for (const name of cases) {
  const made = normalized(bytesOf(name));
  for (const [file, part] of Object.entries(parts)) {
    const url = new URL(`${name}/${file}`, folder), now = written(made[part]);
    if (existsSync(url) && readFileSync(url, 'utf8') === now) continue;
    different += 1;
    process.stdout.write(`${write ? 'written' : 'differs'}: ${name}/${file}\n`);
    if (write) writeFileSync(url, now);
  }
}
process.stdout.write(`${different} of ${cases.length * Object.keys(parts).length} files ${write ? 'written' : 'differ'}\n`);
process.exitCode = different > 0 && !write ? 1 : 0;
