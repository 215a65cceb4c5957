import { readFileSync } from 'node:fs';

/** A FHIR package the gateway knows: ours (hash of its files), or a published one (hash of its .tgz). */
export interface PackagePin {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly source: string;
}

export function readPins(file: string): PackagePin[] {
  return JSON.parse(readFileSync(file, 'utf8')) as PackagePin[];
}

/** The pins with ours brought up to date. */
export function withOurs(pins: readonly PackagePin[], ours: PackagePin): PackagePin[] {
  return [ours, ...pins.filter(pin => pin.name !== ours.name)];
}

export function pinsText(pins: readonly PackagePin[]): string {
  return `[\n${pins.map(pin => `  ${JSON.stringify(pin)}`).join(',\n')}\n]\n`;
}
