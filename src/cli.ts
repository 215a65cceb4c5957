import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import type { By } from './operate/control/control.ts';
import type { AddOptions } from './commands/accounts.ts';
import type { AuditOptions } from './commands/audit.ts';
import { createOutput, type Output } from './commands/output.ts';
import { roles } from './operate/api/contract/route.ts';
import { version } from './version.ts';

interface Common { readonly json?: boolean; readonly lang?: string; readonly config?: string }
const common = (command: Command): Command => command
  .option('--config <file>', 'configuration (default: the sample shipped, passerelle.yaml)')
  .option('--json', 'one JSON object a line')
  .option('--lang <lang>', 'fr or en', process.env.PASSERELLE_LANG ?? 'fr');
const acting = (command: Command): Command => common(command)
  .requiredOption('--why <text>', 'reason (required), kept with the act')
  .option('--by <name>', 'who acts', userInfo().username);
const outputOf = (options: Common): Output => createOutput(options);
const configOf = (options: Common): string | null => options.config ?? null;
const byOf = (options: { by: string; why: string }): By => ({ by: options.by, why: options.why });

// Each command brings its own code in: a file is validated without the connectors being read.
const load = async (options: Common) => (await import('./config/load.ts')).loadConfig(configOf(options));

/** Planning without a gateway: sandbox destinations have no address, and none is needed to see what would leave. */
async function standalone(options: Common) {
  const [{ unaddressed }, { connectors }, { secretIfMade }, { documentRules }, { createPlannerFor }] = await Promise.all([
    import('./compose/unaddressed.ts'), import('../connectors/index.ts'), import('./compose/keys.ts'), import('./compose/document-rules.ts'), import('./plan-settings.ts'),
  ]);
  const config = unaddressed(await load(options));
  return { config, planner: createPlannerFor(config, version, connectors, await documentRules(config), secretIfMade(config)) };
}

/** The command line (design.md §6, a stable contract). Each action gives the process's exit code to `exit`. */
export function program(exit: (code: number) => void): Command {
  const cli = new Command('passerelle').description('Passerelle, plateforme d’intermédiation — interoperability gateway').version(version).showHelpAfterError().exitOverride();
  const on = (command: Command, action: (...args: never[]) => Promise<number> | number): Command =>
    command.action(async (...args: unknown[]) => { exit(await action(...args as never[])); });

  on(common(cli.command('start').description('runs the gateway; sandbox partners when no configuration is given'))
    .option('--log <file>', 'log file (default: standard output)').option('--log-level <level>', 'info, warn, error, silent', 'info'),
  async (options: Common & { log?: string; logLevel: string }) => (await import('./commands/start.ts')).start({ config: configOf(options), logFile: options.log ?? null, logLevel: options.logLevel }, outputOf(options)));

  on(common(cli.command('demo').description('gateway and sandbox; sends the fixtures, says what became of each')).option('--expect <file>', 'expectations (default: fixtures/demo.json)'),
    async (options: Common & { expect?: string }) => (await import('./commands/demo.ts')).demo(options.expect ?? null, outputOf(options)));

  on(common(cli.command('sandbox').description('the partner simulators alone')).option('--folder <path>', 'where certificates, records and reports are kept across restarts'),
    async (options: Common & { folder?: string }) => (await import('./commands/sandbox.ts')).sandbox(configOf(options), options.folder ?? null, outputOf(options)));

  on(common(cli.command('send').description('sends as a source system would').argument('<files...>')).requiredOption('--to <url>', 'mllp://, mllps://, http:// or https://')
    .option('--ca <file>').option('--cert <file>').option('--key <file>').option('--token <token>').option('--timeout <seconds>', 'longest wait for an answer', '60'),
  async (files: string[], options: Common & { to: string; ca?: string; cert?: string; key?: string; token?: string; timeout: string }) =>
    (await import('./commands/send.ts')).send(files, { ...options, timeoutMs: Number(options.timeout) * 1000 }, outputOf(options)));

  on(common(cli.command('convert').description('messages to FHIR Bundles').argument('<files...>')),
    async (files: string[], options: Common) => { const { config, planner } = await standalone(options); return (await import('./commands/convert.ts')).convert(files, config, planner, outputOf(options)); });

  on(common(cli.command('check').description('the whole way without sending').argument('<files...>')),
    async (files: string[], options: Common) => { const { config, planner } = await standalone(options); return (await import('./commands/check.ts')).check(files, config, planner, outputOf(options)); });

  const several = (value: string, before: string[]): string[] => [...before, value];
  on(common(cli.command('validate').description('FHIR resources, JSON or XML, against their profiles').argument('<files...>'))
    .option('--profile <url>', 'profile to meet besides meta.profile; repeatable', several, [])
    .option('--packages <path>', 'FHIR package (.tgz, folder) or definition file; repeatable', several, [])
    .addOption(new Option('--unknown-extensions <policy>', 'what an extension without definition is').choices(['error', 'warning', 'ignore']).default('warning')),
  async (files: string[], options: Common & { profile: string[]; packages: string[]; unknownExtensions: 'error' | 'warning' | 'ignore' }) =>
    (await import('./commands/validate.ts')).validate(files, { store: (await load(options)).packages.folder, profiles: options.profile, packages: options.packages, unknownExtensions: options.unknownExtensions }, outputOf(options)));

  const packages = cli.command('packages').description('FHIR packages and CI-SIS packs for validation, kept in the configured folder');
  on(common(packages.command('add').description('a FHIR package (.tgz file, or id#version from the configured registry), or a CI-SIS pack (folder, .zip or .tgz of schemas and schematrons)').argument('<sources...>')),
    async (sources: string[], options: Common) => (await import('./commands/packages.ts')).add((await load(options)).packages, sources, outputOf(options)));
  on(common(packages.command('list')), async (options: Common) => (await import('./commands/packages.ts')).list((await load(options)).packages, outputOf(options)));
  on(common(packages.command('remove').argument('<name>', 'id#version')),
    async (name: string, options: Common) => (await import('./commands/packages.ts')).remove((await load(options)).packages, name, outputOf(options)));

  const messages = cli.command('messages').description('reads and acts on a journal, of a running gateway or not');
  on(common(messages.command('list').description('the latest messages')).option('--source <id>').option('--type <type>').addOption(new Option('--disposition <word>').choices(['planned', 'rejected', 'consumed', 'repeated', 'quarantined', 'pipeline']))
    .option('--destination <id>').addOption(new Option('--state <state>', 'of a delivery').choices(['waiting', 'sending', 'submitted', 'held', 'delivered', 'refused', 'abandoned']))
    .option('--key <kind=value>', 'search: ins, patient, visit, accession, document, control').option('--limit <n>', '', '50'),
  async ({ config, json, lang, limit, ...filter }: Common & { limit: string; source?: string; type?: string; disposition?: string; destination?: string; state?: string; key?: string }) =>
    (await import('./commands/messages.ts')).list(config ?? null, { ...filter, limit: Number(limit) }, createOutput({ json, lang })));
  on(common(messages.command('show').description('one message’s story, without its content').argument('<ref>', 'number or trace'))
    .option('--reveal <reason>', 'with the partners’ own words at each attempt, which may quote the message; the reason is kept').option('--by <name>', 'who reveals', userInfo().username),
  async (ref: string, options: Common & { reveal?: string; by: string }) =>
    (await import('./commands/messages.ts')).show(configOf(options), ref, options.reveal === undefined ? null : { by: options.by, why: options.reveal }, outputOf(options)));
  on(acting(messages.command('export').description('one message’s content, to files').argument('<ref>').argument('<file>')),
    async (ref: string, file: string, options: Common & { by: string; why: string }) => (await import('./commands/messages.ts')).exportMessage(configOf(options), ref, file, byOf(options), outputOf(options)));
  on(acting(messages.command('replan').description('plans a quarantined message again, with the version and configuration of now').argument('<ref>', 'number or trace')),
    async (ref: string, options: Common & { by: string; why: string }) => (await import('./commands/messages.ts')).replan(configOf(options), ref, byOf(options), outputOf(options)));
  for (const [what, about] of [['release', 'lets a held delivery go'], ['abandon', 'gives a delivery up; the sender is told'], ['replay', 'makes a final delivery again']] as const) {
    on(acting(messages.command(what).description(about).argument('<delivery>')),
      async (delivery: string, options: Common & { by: string; why: string }) => (await import('./commands/messages.ts')).act(configOf(options), what, delivery, byOf(options), outputOf(options)));
  }

  const destinations = cli.command('destinations').description('the partners, and their kill switch');
  on(common(destinations.command('list').description('each destination, what waits for it, and who paused it')).option('--history', 'every pause and resumption instead'),
    async (options: Common & { history?: boolean }) => (await import('./commands/destinations.ts')).list(configOf(options), options.history === true, outputOf(options)));
  for (const [what, about] of [['pause', 'nothing more leaves for it, until it is resumed; survives a restart'], ['resume', 'what waited leaves, in order']] as const) {
    on(acting(destinations.command(what).description(about).argument('<name>')),
      async (name: string, options: Common & { by: string; why: string }) => (await import('./commands/destinations.ts')).switchTo(configOf(options), what, name, byOf(options), outputOf(options)));
  }

  const accounts = cli.command('accounts').description('who may enter the console and the API; while the gateway runs or not');
  const scoped = (command: Command): Command => common(command).option('--by <name>', 'who acts', userInfo().username);
  on(common(accounts.command('list')), async (options: Common) => (await import('./commands/accounts.ts')).list(configOf(options), outputOf(options)));
  on(scoped(accounts.command('add').description('prints a one-time password, to be changed at the first login').argument('<name>')).addOption(new Option('--role <role>').choices([...roles]).makeOptionMandatory())
    .option('--organisation <name>', 'sees the messages of this organisation’s sources only').option('--source <id>', 'sees this source; repeatable', several, []).option('--destination <id>', 'sees this destination; repeatable', several, []),
  async (name: string, options: Common & AddOptions & { by: string }) => (await import('./commands/accounts.ts')).add(configOf(options), name, options, options.by, outputOf(options)));
  on(scoped(accounts.command('remove').argument('<name>')), async (name: string, options: Common & { by: string }) => (await import('./commands/accounts.ts')).remove(configOf(options), name, options.by, outputOf(options)));
  on(scoped(accounts.command('password').description('gives a new one-time password; closes the account’s sessions').argument('<name>')),
    async (name: string, options: Common & { by: string }) => (await import('./commands/accounts.ts')).password(configOf(options), name, options.by, outputOf(options)));

  on(common(accounts.command('sessions').description('whose sessions are open, those of OpenID Connect included')), async (options: Common) => (await import('./commands/accounts.ts')).sessions(configOf(options), outputOf(options)));
  on(scoped(accounts.command('revoke').description('closes a session, or every session of an account, at once').argument('<session-or-account>')),
    async (target: string, options: Common & { by: string }) => (await import('./commands/accounts.ts')).revoke(configOf(options), target, options.by, outputOf(options)));

  const audit = cli.command('audit').description('who did what: a log that shows when it was changed');
  on(common(audit.command('list').description('newest first')).option('--who <account>').option('--act <act>').addOption(new Option('--outcome <word>').choices(['done', 'refused', 'failed']))
    .option('--message <trace>').option('--limit <n>', '', '100'),
  async ({ limit, ...options }: Common & AuditOptions & { limit: string }) => (await import('./commands/audit.ts')).list(configOf(options), options, Number(limit), outputOf(options)));
  on(common(audit.command('verify').description('finds a row edited, removed or moved, and a tail cut off; exit 1 then')), async (options: Common) => (await import('./commands/audit.ts')).verify(configOf(options), outputOf(options)));

  const config = cli.command('config').description('checks and explains a configuration');
  on(common(config.command('lint').argument('[file]')), async (file: string | undefined, options: Common) => (await import('./commands/config.ts')).lint(file ?? configOf(options), outputOf(options)));
  on(common(config.command('explain').argument('[setting]')), async (setting: string | undefined, options: Common) => (await import('./commands/config.ts')).explain(setting ?? '', outputOf(options)));
  on(common(config.command('test').argument('[file]')), async (file: string | undefined, options: Common) => (await import('./commands/config.ts')).test(file ?? configOf(options), outputOf(options)));

  on(common(cli.command('backup').argument('<file>')), async (file: string, options: Common) => (await import('./commands/keep.ts')).backup(configOf(options), file, outputOf(options)));
  on(common(cli.command('restore').argument('<file>')), async (file: string, options: Common) => (await import('./commands/keep.ts')).restore(configOf(options), file, outputOf(options)));
  on(common(cli.command('doctor').description('conservation, disk, references')), async (options: Common) => (await import('./commands/keep.ts')).doctor(configOf(options), outputOf(options)));
  return cli;
}
