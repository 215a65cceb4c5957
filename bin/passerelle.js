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
    const run = spawnSync(pinned, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exit(run.status ?? 1);
  }
  console.error(`Passerelle demande Node 24 ; celui-ci est ${process.versions.node}. Lancez « npm ci », qui l'installe, puis « npx passerelle ».`);
  console.error(`Passerelle needs Node 24; this is ${process.versions.node}. Run "npm ci", which installs it, then "npx passerelle".`);
  process.exit(2);
}
process.removeAllListeners('warning');
const { existsSync, mkdirSync } = await import('node:fs');
const { enableCompileCache } = await import('node:module');
const { homedir } = await import('node:os');
const { join } = await import('node:path');
// Half of a command's time is Node reading our sources: it keeps what it made of them, by their content. Never in a folder others may write.
const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const cache = join(caches, 'passerelle');
// One level at a time: below a folder that cannot be made, Node's recursive making never ends (seen under /proc).
for (const folder of [caches, cache]) try { mkdirSync(folder); } catch { /* there already, or nothing is kept */ }
if (existsSync(cache)) {
  enableCompileCache(join(cache, 'code'));
  // Worker threads ask the environment; without it each would load the compiler of types once more.
  process.env.NODE_COMPILE_CACHE = join(cache, 'code');
}
const compiled = new URL('../dist/src/main.js', import.meta.url);
await import(existsSync(compiled) ? compiled.href : new URL('../src/main.ts', import.meta.url).href);
