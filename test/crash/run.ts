// npm run crash -- --small | --full [--seed N] : the gateway is killed at every labelled point, again and again, and nothing is lost.
// npm run crash -- --mail N : it is killed N times between the final dot of a mail and the operator's 250.
// npm run crash -- --mailbox N [--seed N] : it is killed N times while it takes notices from its mailbox.
// npm run crash -- --record N : the DMP stores a document and its answer is lost, N times, the gateway killed at every fifth.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { campaign, points, type Campaign } from './campaign.ts';
import { mailCampaign } from './mail.ts';
import { mailboxCampaign } from './mailbox.ts';
import { recordCampaign } from './record.ts';

const { values } = parseArgs({ options: { small: { type: 'boolean' }, full: { type: 'boolean' }, seed: { type: 'string' }, mail: { type: 'string' }, mailbox: { type: 'string' }, record: { type: 'string' } } });
if (values.mail !== undefined) {
  const mails = await mailCampaign({ times: Number(values.mail), progress: (text) => { console.log(text); } });
  console.log(JSON.stringify(mails, null, 2));
  process.exit(mails.violations.length === 0 ? 0 : 1);
}
if (values.mailbox !== undefined) {
  const seen = await mailboxCampaign({ times: Number(values.mailbox), seed: Number(values.seed ?? Date.now() % 1_000_000), progress: (text) => { console.log(text); } });
  console.log(JSON.stringify(seen, null, 2));
  process.exit(seen.violations.length === 0 ? 0 : 1);
}
if (values.record !== undefined) {
  const shown = await recordCampaign({ times: Number(values.record), killEvery: 5, progress: (text) => { console.log(text); } });
  console.log(JSON.stringify(shown, null, 2));
  process.exit(shown.violations.length === 0 ? 0 : 1);
}
const full = values.full === true;
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const now = new Date();

/** What was shown, in facts that hold on any machine. */
function report({ kills, sent, resent, arrivals, violations }: Campaign): string {
  return `# Crash test, ${now.toISOString().slice(0, 10)}

\`npm run crash -- ${full ? '--full' : '--small'} --seed ${String(seed)}\`: the gateway as a child process under load of 4 connections, ended by SIGKILL at each
point, with a regional platform, a DMP double and a laboratory that fail about one time in five; then a last life that drains.

| killed at | times |
|---|---|
${points.map((point) => `| ${point} | ${String(kills[point] ?? 0)} |`).join('\n')}

\`stored-…\`: that partner has stored what it was sent and has not answered. \`acknowledged\`: the sender has just read its answer.
\`random\`: at any time. The others are labelled in the code, where the process kills itself.

- ${String(sent.structured)} structured results, ${String(sent.enhanced)} in enhanced mode, ${String(sent.document)} CDA documents (region, DMP, ZAM back to the laboratory); ${String(resent)} were sent again under the same MSH-10 because no answer had come.
- ${String(arrivals.laboratory)} acknowledgements arrived at the laboratory, ${String(arrivals.laboratoryAgain)} of them repeats under the same MSH-10, flagged.
- Checked: every positively acknowledged message is in the journal byte for byte, once, and delivered to each of its destinations; both conservation counts; \`verify\`; no duplicate and nothing missing at the region; each DMP document arrived exactly once; every ZAM and application acknowledgement taken; the order of each patient's messages at the region.
- Violations: ${violations.length === 0 ? 'none' : `\n${violations.map((one) => `  - ${one}`).join('\n')}`}.
`;
}

console.log(`seed ${String(seed)}`);
const result = await campaign({ seed, times: full ? 21 : 2, progress: (text) => { console.log(text); } });
console.log(report(result));
if (full) {
  const folder = fileURLToPath(new URL('../../docs/evidence/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}crash-${now.toISOString().slice(0, 10)}.md`, report(result));
}
if (result.violations.length > 0) {
  console.error(`seed ${String(seed)}: ${String(result.violations.length)} violations\n${result.violations.join('\n')}`);
  process.exitCode = 1;
}
