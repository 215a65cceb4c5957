import { CommanderError } from 'commander';
import { CommandFault } from './commands/output.ts';
import { inWords, languageAsked } from './commands/refusal.ts';
import { ConfigRefused } from './config/fault.ts';
import { ActRefused } from './deliver/acts.ts';
import { JournalFault } from './journal/journal.ts';
import { SettingFault } from './net/setting-fault.ts';
import { PackageFault } from './packages/fault.ts';
import { ApiFault } from './operate/api/fault.ts';
import { AuditFault } from './operate/audit/audit.ts';
import { ControlRefused } from './operate/control/socket.ts';
import { program } from './cli.ts';

// Errors of our own are said in full and in words; anything else is a bug of ours and shows where it was thrown.
const ours = [ActRefused, ApiFault, AuditFault, CommandFault, ConfigRefused, ControlRefused, JournalFault, PackageFault, SettingFault];

// A reader that closes the pipe (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); throw error; });

try {
  await program((code) => { process.exitCode = code; }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = error instanceof CommandFault ? error.exitCode : 1;
    if (ours.some((kind) => error instanceof kind)) console.error(inWords(error as Error, languageAsked(process.argv, process.env)));
    else console.error(error);
  }
}
