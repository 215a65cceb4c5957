import { ConfigRefused } from '../config/fault.ts';
import { ActRefused } from '../deliver/acts.ts';
import { JournalFault } from '../journal/journal.ts';
import { SettingFault } from '../net/setting-fault.ts';
import { ApiFault } from '../operate/api/fault.ts';
import { AuditFault } from '../operate/audit/audit.ts';
import { ControlRefused } from '../operate/control/socket.ts';
import { PackageFault } from '../packages/fault.ts';
import { CommandFault } from './output.ts';
import { inWords, languageAsked } from './refusal.ts';

// Errors of our own are said in full and in words; anything else is a bug of ours and shows where it was thrown.
const ours = [ActRefused, ApiFault, AuditFault, CommandFault, ConfigRefused, ControlRefused, JournalFault, PackageFault, SettingFault];

/** What ended a command, to the person who gave it. A file of its own: a command that ends well does not read all this. */
export function ended(error: unknown): void {
  process.exitCode = error instanceof CommandFault ? error.exitCode : 1;
  if (ours.some((kind) => error instanceof kind)) console.error(inWords(error as Error, languageAsked(process.argv, process.env)));
  else console.error(error);
}
