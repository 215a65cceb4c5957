import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/model.ts';
import { readTable } from '../formats/xds/read-table.ts';
import { builtInTables, withTables, type ReadTable } from '../formats/xds/tables.ts';
import { PackageFault } from '../packages/fault.ts';
import { cdaPackCheck } from './cda-packs.ts';
import type { DocumentRules } from '../route/document-rules.ts';

const maxTableBytes = 64 * 1024 * 1024;

/** The tables of a folder, by name: of two publications of one table the one whose file name comes last counts. Throws PackageFault. */
export function readTables(folder: string): ReadTable[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new PackageFault('documents.tables: no such folder', folder, 'make the folder, or take the setting away');
  return readdirSync(folder).filter((name) => /\.(?:xml|json)$/i.test(name)).sort().map((name) => {
    const file = join(folder, name);
    const table = statSync(file).size > maxTableBytes ? null : readTable(readFileSync(file, 'utf8'));
    // A file that would be passed over in silence is a table that the operator believes is in use.
    if (table === null) throw new PackageFault('this file is no national table that metadata are made by', file, 'give JDV_J01, J02, J04, J07, J08, J56, J58, J61, J62, J66, J231 (SVS XML or FHIR ValueSet) or ASS_X04, ASS_A11 (FHIR ConceptMap), or take the file away');
    return table;
  });
}

/** What documents for the DMP are made and judged by, for a configuration. Throws PackageFault. */
export const documentRules = async ({ documents: { tables, maskedAndInvisible }, packages }: Config): Promise<DocumentRules> =>
  ({ tables: tables === null ? builtInTables : withTables(builtInTables, readTables(tables)), maskedAndInvisible, check: await cdaPackCheck(packages.folder) });
