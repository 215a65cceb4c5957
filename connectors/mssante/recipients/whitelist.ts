import { domainToASCII } from 'node:url';
import { SaxesParser } from 'saxes';

/** The trust space: each domain (lower case, A-label) with the certificates of the operators that hold it. */
export interface Whitelist {
  /** Epoch ms of DateDeGeneration; 0 when it says none. */
  readonly generatedAt: number;
  readonly domains: ReadonlyMap<string, ReadonlySet<string>>;
  /** Entries of the file: a domain has one for each certificate. */
  readonly entries: number;
}

/** A domain as it is compared: ANS and operators write accents and capitals. '' when it is none. */
export const domainKey = (name: string): string => domainToASCII(name.trim().toLowerCase());

const most = 1_000_000;
const namespace = 'https://listeblanche.mssante.fr/schema';

/**
 * Reads the list of domains (mss.md §1). The published file lacks its last closing tag: that alone is forgiven; anything cut
 * earlier gives null, as does what is no such list.
 */
export function readWhitelist(bytes: Uint8Array): Whitelist | null {
  const domains = new Map<string, Set<string>>();
  const open: string[] = [];
  let text = '', name = '', dn = '', generated = '', entries = 0;
  const told = { broken: false };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => { told.broken = true; });
  parser.on('opentag', ({ local, uri }) => { if (uri !== namespace) told.broken = true; open.push(local); text = ''; if (local === 'Domaine') { name = ''; dn = ''; } });
  parser.on('text', (more) => { text += more; });
  parser.on('closetag', ({ local }) => {
    open.pop();
    if (local === 'Nom') name = text.trim();
    else if (local === 'DNCertificatOperateur') dn = text.trim();
    else if (local === 'DateDeGeneration') generated = text.trim();
    else if (local === 'Domaine' && entries < most) {
      entries += 1;
      const key = domainKey(name);
      if (key === '') return;
      const known = domains.get(key);
      if (known === undefined) domains.set(key, new Set([dn])); else known.add(dn);
    }
  });
  let atEnd = false;
  parser.on('error', () => { if (!atEnd || open.length !== 1) told.broken = true; });
  try {
    parser.write(new TextDecoder('utf-8').decode(bytes));
    atEnd = true;
    // Without its last tag, all but the root is closed.
    if (open.length > 1 || (open.length === 1 && open[0] !== 'ListeBlancheMSSante')) return null;
    parser.close();
  } catch { return null; }
  if (told.broken || domains.size === 0) return null;
  const at = Date.parse(generated);
  return { generatedAt: Number.isNaN(at) ? 0 : at, domains, entries };
}

/** A shrink beyond this is no ordinary change: mass re-registrations replace entries, they do not remove them. */
const leastLeft = 0.8;

/** Why a new list is not taken in place of the last good one; null when it is. */
export function whitelistRefusal(found: Whitelist | null, good: Whitelist | null): 'recipients.whitelist-unreadable' | 'recipients.whitelist-older' | 'recipients.whitelist-shrunk' | null {
  if (found === null) return 'recipients.whitelist-unreadable';
  if (good === null) return null;
  if (found.generatedAt < good.generatedAt) return 'recipients.whitelist-older';
  return found.domains.size < good.domains.size * leastLeft ? 'recipients.whitelist-shrunk' : null;
}
