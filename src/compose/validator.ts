import { fileURLToPath } from 'node:url';
import { readXml } from '../formats/fhir/xml/read-xml.ts';
import { openCoreDefinitions } from '../packages/core.ts';
import { openPackage } from '../packages/open-package.ts';
import type { DefinitionPackage } from '../domain/definition-package.ts';
import { openPackageStore } from '../packages/store.ts';
import { openUcum } from '../packages/ucum.ts';
import { createValidator, type Validator } from '../validate/validator.ts';
import { cacheFolder } from './cache-folder.ts';

const ownProfiles = fileURLToPath(new URL('../../profiles/package', import.meta.url));

export interface ValidatorSettings {
  /** Folder of the packages added; null leaves them out. */
  readonly store: string | null;
  /** `id#version` of the packages of the store to take, and no others; left out: all. */
  readonly pinned?: readonly string[];
  /** Profiles that every resource of their type must meet, contained ones apart. */
  readonly everywhere?: readonly string[];
  /** Files and folders besides. */
  readonly packages: readonly string[];
  readonly unknownExtensions: 'error' | 'warning' | 'ignore';
  readonly language: 'fr' | 'en';
}

/** Reads a definition in XML, with the types of the core: a validator of its own, made only when one is given. */
export function definitionReader(): (text: string) => unknown {
  return (text) => readXml(text, createValidator({ definitions: openCoreDefinitions(cacheFolder()) }).schema).resource;
}

/** Core definitions, our own profiles, then what the user added, later ones preferred. Throws PackageFault. */
export function openValidator({ store, pinned, everywhere = [], packages, unknownExtensions, language }: ValidatorSettings): Validator {
  const cache = cacheFolder();
  const definitions = openCoreDefinitions(cache);
  const open = (path: string): DefinitionPackage => openPackage(path, { cacheFolder: cache, readXml: definitionReader() });
  const added = store === null ? [] : openPackageStore(store, cache).open(pinned);
  return createValidator({ definitions, packages: [open(ownProfiles), ...added, ...packages.map(open)], terminology: { ucum: openUcum() }, everywhere, unknownExtensions, language, readXml: (text, schema) => readXml(text, schema) });
}
