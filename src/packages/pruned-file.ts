import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DefinitionEntry, DefinitionPackage } from '../domain/definition-package.ts';
import type { Manifest } from './manifest.ts';

/** Raise when the pruning changes: files written before are then made again. */
export const prunedFormat = 7;

interface Head {
  readonly format: number;
  readonly manifest: Manifest;
  /** resourceType, url, version, offset and length in bytes from the end of the first line. */
  readonly entries: readonly (readonly [string, string, string, number, number])[];
}

/**
 * Pruned definitions in one file: a line of JSON that says where each definition stands, then the definitions. A start
 * parses the first line only; a definition is parsed when it is first asked for. The file can be deleted at any time.
 */
export function writePruned(file: string, manifest: Manifest, definitions: Iterable<Record<string, unknown>>): void {
  const chunks: string[] = [];
  const entries: [string, string, string, number, number][] = [];
  let offset = 0;
  for (const definition of definitions) {
    const text = JSON.stringify(definition);
    const length = Buffer.byteLength(text);
    entries.push([word(definition.resourceType), word(definition.url), word(definition.version), offset, length]);
    chunks.push(text);
    offset += length;
  }
  const head: Head = { format: prunedFormat, manifest, entries };
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(head)}\n${chunks.join('')}`);
  renameSync(partial, file);
}

/** The package in such a file; undefined when it is absent, damaged or of another format. */
export function readPruned(file: string): DefinitionPackage | undefined {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf(10);
    const head = JSON.parse(bytes.subarray(0, end).toString('utf8')) as Head;
    if (head.format !== prunedFormat) return undefined;
    const last = head.entries.at(-1);
    if (last !== undefined && end + 1 + last[3] + last[4] !== bytes.length) return undefined;
    const { id, version, dependencies } = head.manifest;
    return { id, version, dependencies, entries: head.entries.map(entry => lazy(entry, bytes, end + 1)) };
  } catch {
    remove(file);
    return undefined;
  }
}

/** A damaged file would be read again at each start; one that cannot be taken away is. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

function lazy([resourceType, url, version, offset, length]: Head['entries'][number], bytes: Buffer, body: number): DefinitionEntry {
  return {
    resourceType, url, version,
    load: () => JSON.parse(bytes.subarray(body + offset, body + offset + length).toString('utf8')) as unknown,
  };
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
