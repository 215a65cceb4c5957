import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import type { Finding } from '../domain/finding.ts';
import type { NormalizeSettings } from './normalized.ts';
import { uuid5 } from './uuid.ts';

/** A Bundle under construction: entries with ids that the same message gets again, whenever and wherever it is read. */
export class Building {
  readonly settings: NormalizeSettings;
  /** What the sender's local codes and numbers are local to: MSH-4, else MSH-3. */
  readonly facility: string;
  /** Who the message is about, in the identifiers made of its own numbers (patient-key.ts). */
  readonly patient: string;
  readonly entries: BundleEntry[] = [];
  readonly findings: Finding[] = [];
  readonly binaries: Record<string, string> = {};
  /** fullUrls of the professionals of fields met before, by the field word for word. */
  readonly professionals = new Map<string, readonly string[]>();
  readonly #once = new Map<string, string>();
  /** How many resources of one role stand at one place: the people of a CDA, two units in one field. */
  readonly #ranks = new Map<string, number>();
  /** How the name of every resource begins, and what `meta.source` says before the place. */
  readonly #names: string;
  readonly #source: string;

  constructor(settings: NormalizeSettings, facility: string, patient: string) {
    this.settings = settings;
    this.facility = facility;
    this.patient = patient;
    this.#names = `${settings.trace}|`;
    this.#source = `urn:uuid:${settings.trace}#`;
  }

  /**
   * Adds a resource and returns its fullUrl. `place` is the segment it comes from, kept in `meta.source` as the fragment of
   * the trace (`urn:uuid:<trace>#OBX[2]`): the console's link from FHIR back to the raw message. `role` tells apart the
   * resources of one place.
   */
  add(resource: Resource, place: string, role: string = resource.resourceType): string {
    const name = `${place}|${role}`, rank = (this.#ranks.get(name) ?? 0) + 1;
    this.#ranks.set(name, rank);
    const fullUrl = `urn:uuid:${uuid5(this.#names, rank === 1 ? name : `${name}|${rank}`)}`;
    const source = this.#source + place;
    if (resource.meta) resource.meta.source = source;
    else resource.meta = { source };
    this.entries.push({ fullUrl, resource });
    return fullUrl;
  }

  /** The resource that was made of the same words before, or a new one. */
  once(key: string, make: () => string): string {
    const known = this.#once.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#once.set(key, made);
    return made;
  }
}
