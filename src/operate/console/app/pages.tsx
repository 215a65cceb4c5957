import { lazy, type ComponentType } from 'react';
import type { Role } from '../../api/contract/route.ts';

export interface PageEntry {
  readonly path: string;
  /** Lowest role that has it; the API says the same (src/operate/api/contract). */
  readonly role: Role;
  readonly label: { readonly fr: string; readonly en: string };
  readonly Page: ComponentType;
  readonly load: () => Promise<ComponentType>;
  /** Pages reached from this one. */
  readonly inner?: readonly { readonly path: string; readonly Page: ComponentType; readonly load: () => Promise<ComponentType> }[];
}

/** A page that is loaded when it is first opened. */
function later(load: () => Promise<ComponentType>): { readonly Page: ComponentType; readonly load: () => Promise<ComponentType> } {
  return { Page: lazy(async () => ({ default: await load() })), load };
}

/** The navigation, in its order. */
export const pages: readonly PageEntry[] = [
  { path: '/', role: 'viewer', label: { fr: 'Maintenant', en: 'Now' }, ...later(async () => (await import('./pages/now.tsx')).NowPage) },
  { path: '/messages', role: 'viewer', label: { fr: 'Messages', en: 'Messages' }, ...later(async () => (await import('./pages/messages.tsx')).MessagesPage), inner: [{ path: '/messages/:trace', ...later(async () => (await import('./pages/message.tsx')).MessagePage) }] },
  { path: '/held', role: 'viewer', label: { fr: 'Retenus', en: 'Held' }, ...later(async () => (await import('./pages/held.tsx')).HeldPage) },
  { path: '/replays', role: 'viewer', label: { fr: 'Rejeux', en: 'Replays' }, ...later(async () => (await import('./pages/replays.tsx')).ReplaysPage), inner: [{ path: '/replays/:id', ...later(async () => (await import('./pages/replay.tsx')).ReplayPage) }] },
  { path: '/sources', role: 'viewer', label: { fr: 'Sources', en: 'Sources' }, ...later(async () => (await import('./pages/sources.tsx')).SourcesPage), inner: [{ path: '/sources/:name', ...later(async () => (await import('./pages/source.tsx')).SourcePage) }] },
  { path: '/destinations', role: 'viewer', label: { fr: 'Destinations', en: 'Destinations' }, ...later(async () => (await import('./pages/destinations.tsx')).DestinationsPage), inner: [{ path: '/destinations/:name', ...later(async () => (await import('./pages/destination.tsx')).DestinationPage) }] },
  { path: '/incidents', role: 'viewer', label: { fr: 'Incidents', en: 'Incidents' }, ...later(async () => (await import('./pages/incidents.tsx')).IncidentsPage) },
  { path: '/vendor', role: 'vendor', label: { fr: 'Essais', en: 'Try it' }, ...later(async () => (await import('./pages/vendor.tsx')).VendorPage) },
  { path: '/audit', role: 'administrator', label: { fr: 'Audit', en: 'Audit' }, ...later(async () => (await import('./pages/audit.tsx')).AuditPage) },
  { path: '/accounts', role: 'administrator', label: { fr: 'Comptes', en: 'Accounts' }, ...later(async () => (await import('./pages/accounts.tsx')).AccountsPage) },
];

/** Loads the page of an address while the gateway is asked who is signed in: it is wanted next, most often. */
export function soon(address: string): void {
  const [, first = ''] = address.split('/');
  const entry = pages.find(({ path }) => path === `/${first}`);
  // A page that cannot be loaded now is told when it is opened.
  (address === entry?.path ? entry : entry?.inner?.[0] ?? entry)?.load().catch(() => undefined);
}
