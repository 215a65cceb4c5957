#!/usr/bin/env node
// Plain JavaScript, no imports of ours: it must run on any Node in order to say which Node is needed.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  const { spawnSync } = await import('node:child_process');
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  // npm scripts and npx put the pinned Node 24 first on the PATH; a direct call may not.
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(pinned)) {
    const run = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exit(run.status ?? 1);
  }
  console.error(`Passerelle demande Node 24 ; celui-ci est ${process.versions.node}. Lancez « npm ci », qui l'installe, puis « npx passerelle ».`);
  console.error(`Passerelle needs Node 24; this is ${process.versions.node}. Run "npm ci", which installs it, then "npx passerelle".`);
  process.exit(2);
}
process.removeAllListeners('warning');
const { existsSync } = await import('node:fs');
const compiled = new URL('../dist/src/main.js', import.meta.url);
await import(existsSync(compiled) ? compiled.href : new URL('../src/main.ts', import.meta.url).href);
