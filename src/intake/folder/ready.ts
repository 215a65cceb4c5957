/** How a folder's senders say that a file is whole. */
export type Ready = 'rename' | 'flag' | 'stable';
export interface Dropped { readonly name: string; readonly size: number; readonly mtimeMs: number }

export const flagOf = (name: string): string => `${name}.ok`;
/** Names of files still being written, by the habit of transfer programs; and what is ours. */
const unfinished = /^\.|~$|\.(tmp|part|partial|filepart|crdownload|writing|ok|ack)$/i;

/**
 * The files to pick up, oldest first. With `stable`, a file is ready when it is as it was at the last look (`before`).
 * A flag stands beside the file's full name (`a.hl7.ok`) or in its extension's place (`a.ok`).
 */
export function readyFiles(files: readonly Dropped[], ready: Ready, before: ReadonlyMap<string, Dropped>): readonly Dropped[] {
  const names = new Set(files.map(file => file.name));
  const whole = (file: Dropped): boolean => {
    switch (ready) {
      case 'rename': return true;
      case 'flag': return flagsOf(file.name).some(flag => names.has(flag));
      case 'stable': { const last = before.get(file.name); return last?.size === file.size && last.mtimeMs === file.mtimeMs; }
    }
  };
  return files.filter(file => !unfinished.test(file.name) && whole(file)).sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
}

/** The names that a file's flag may have, the surest first. */
export const flagsOf = (name: string): readonly string[] => {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [flagOf(name), flagOf(name.slice(0, dot))] : [flagOf(name)];
};
