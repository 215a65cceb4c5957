import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What SUSHI adds to every project by itself and cannot find offline; none of our profiles uses them. */
const absent = /hl7\.fhir\.uv\.tools|hl7\.terminology|hl7\.fhir\.uv\.extensions|extensions\.r4/;

/**
 * Runs fsh-sushi on a project folder with `home` as home (it looks for FHIR packages in `~/.fhir/packages`). Returns
 * its errors and warnings, each with its file and line; none means the build is good.
 */
export function runSushi(project: string, home: string): string[] {
  const app = join(import.meta.dirname, '..', '..', 'node_modules', 'fsh-sushi', 'dist', 'app.js');
  const run = spawnSync(process.execPath, [app, 'build', project, '--log-level', 'warn'], {
    env: { ...process.env, HOME: home, USERPROFILE: home, NO_COLOR: '1', FPL_REGISTRY: 'http://127.0.0.1:9' },
    encoding: 'utf8',
    timeout: 300_000,
  });
  const problems = messages(`${run.stdout}\n${run.stderr}`).filter(message => !absent.test(message));
  if (run.error !== undefined) problems.push(`fsh-sushi did not run: ${run.error.message}`);
  return problems;
}

/** SUSHI writes a message over several lines: `error …`, then `  File: …`, `  Line: …`. */
function messages(output: string): string[] {
  const found: string[] = [];
  for (const line of output.replace(/\u001B\[[0-9;]*m/g, '').split('\n')) {
    if (/^(?:error|warn)\b/.test(line)) found.push(line.trim());
    else if (/^\s+(?:File|Line):/.test(line) && found.length > 0) found.push(`${found.pop() ?? ''} ${line.trim()}`);
  }
  return found;
}
