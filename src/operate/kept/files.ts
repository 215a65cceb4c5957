import { accountsFile } from '../accounts/database.ts';
import { incidentsFile } from '../alerts/store.ts';
import { auditFile } from '../audit/open.ts';
import { operationsFile } from '../operations/store.ts';
import type { Kept } from './open.ts';

/** Every file that operators keep beside the journal: backed up with it and put back with it. */
export const keptFiles: readonly Kept[] = [auditFile, accountsFile, operationsFile, incidentsFile];
