import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { freeMiB } from '../net/disk.ts';
import { restoreSqlite } from '../journal/sqlite/restore.ts';
import { keyRingOf } from '../compose/keys.ts';
import type { Counts } from '../journal/journal.ts';
import { daysLeft, endingOf, type DestinationCheck } from '../operate/control/checks.ts';
import { backupBeside, checkBeside, restoreBeside } from './beside.ts';
import { controlled } from './controlled.ts';
import { pausedLine } from './destinations.ts';
import type { Output } from './output.ts';

export async function backup(file: string | null, to: string, output: Output): Promise<number> {
  await controlled(file, (control) => control.backup(resolve(to)));
  const beside = await backupBeside(loadConfig(file).data, resolve(to));
  output.record({ backup: resolve(to), beside });
  for (const one of beside) output.line(output.words(`Avec lui : ${one}`, `With it: ${one}`));
  output.line(output.words(`Sauvegardé dans ${to}. Gardez le trousseau de clés à part : sans lui la sauvegarde est illisible.`, `Saved to ${to}. Keep the key ring elsewhere: without it the backup cannot be read.`));
  return 0;
}

export async function restore(file: string | null, from: string, output: Output): Promise<number> {
  const config = loadConfig(file);
  checkBeside(resolve(from));
  const problems = await restoreSqlite({ file: resolve(from), folder: config.data, keys: keyRingOf(config), clock: Date.now });
  const beside = restoreBeside(resolve(from), config.data);
  output.record({ restored: config.data, beside, problems });
  for (const problem of problems) output.line(`✗ ${problem}`);
  output.line(output.words(`Restauré dans ${config.data}.`, `Restored to ${config.data}.`));
  return problems.length === 0 ? 0 : 1;
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** Invariant 4, both sides. */
function conservation({ messages, deliveries }: Counts): string[] {
  const { received, ...classes } = messages;
  const { planned, ...states } = deliveries;
  return [
    ...(received === sum(Object.values(classes)) ? [] : [`messages: ${received} received, ${sum(Object.values(classes))} accounted for`]),
    ...(planned === sum(Object.values(states)) ? [] : [`deliveries: ${planned} planned, ${sum(Object.values(states))} accounted for`]),
  ];
}

/** A partner as its connector found it, and what is to be done about it. A certificate that ends within a month is a problem. */
function partnerLines({ destination, ok, text, english, certificates }: DestinationCheck, now: number, output: Output): { line: string; failed: string[]; ends: string[] } {
  const said = output.words(text, english ?? text);
  const ends = certificates.flatMap(({ setting, validTo }) => {
    const ending = endingOf(validTo, now);
    const on = new Date(validTo).toISOString().slice(0, 10);
    if (ending === null || ending > 30) return [];
    return [ending === 0 ? output.words(`${destination} : le certificat de « ${setting} » a expiré le ${on}`, `${destination}: the certificate of "${setting}" expired on ${on}`)
      : output.words(`${destination} : le certificat de « ${setting} » expire le ${on}, dans ${daysLeft(validTo, now)} jours`, `${destination}: the certificate of "${setting}" expires on ${on}, in ${daysLeft(validTo, now)} days`)];
  });
  const left = certificates.map(({ setting, validTo }) => output.words(`${setting} ${daysLeft(validTo, now)} j`, `${setting} ${daysLeft(validTo, now)} d`)).join(', ');
  return { line: `${ok ? '✓' : '✗'} ${destination} : ${said}${left === '' ? '' : output.words(` (certificats : ${left})`, ` (certificates: ${left})`)}`, failed: ok ? [] : [`${destination} : ${said}`], ends };
}

/** `doctor`: what an operator wants to know first. Exit 0 when nothing is wrong. */
export async function doctor(file: string | null, output: Output): Promise<number> {
  const config = loadConfig(file);
  const problems: string[] = [];
  const free = existsSync(config.data) ? freeMiB(config.data) : null;
  if (free !== null && free < config.minFreeMiB) problems.push(output.words(`disque : ${Math.round(free)} Mio libres, seuil ${config.minFreeMiB}`, `disk: ${Math.round(free)} MiB free, threshold ${config.minFreeMiB}`));
  const { counts, paused, running, checks } = await controlled(file, async (control, isRunning) => {
    problems.push(...await control.verify());
    const found = await control.counts();
    problems.push(...conservation(found));
    return { counts: found, paused: (await control.destinations()).filter((one) => one.paused !== null), running: isRunning, checks: await control.checks() };
  });
  const partners = checks.map((one) => partnerLines(one, Date.now(), output));
  // What failed stands in its partner's line already.
  const others = [...problems, ...partners.flatMap(({ ends }) => ends)];
  problems.push(...partners.flatMap(({ failed, ends }) => [...failed, ...ends]));
  output.record({ running, free, counts, checks, paused: paused.map(({ id, paused: act }) => ({ destination: id, ...act })), problems });
  output.line(running ? output.words('La passerelle tourne.', 'The gateway runs.') : output.words('La passerelle ne tourne pas.', 'The gateway does not run.'));
  const { received, ...classes } = counts.messages;
  const { planned, ...states } = counts.deliveries;
  const shown = (parts: Readonly<Record<string, number>>): string => Object.entries(parts).map(([name, count]) => `${count} ${name}`).join(' + ');
  output.line(`messages : ${received} = ${shown(classes)}`);
  output.line(`${output.words('envois', 'deliveries')} : ${planned} = ${shown(states)}`);
  for (const one of paused) output.line(`! ${pausedLine(one, output) ?? ''}`);
  for (const { line } of partners) output.line(line);
  for (const problem of others) output.line(`✗ ${problem}`);
  if (problems.length === 0) output.line(output.words('Rien d’anormal.', 'Nothing wrong.'));
  return problems.length === 0 ? 0 : 1;
}
