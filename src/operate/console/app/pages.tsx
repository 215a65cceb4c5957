import { lazy, type ComponentType } from 'react';
import type { Role } from '../../api/contract/route.ts';

export interface PageEntry {
  readonly path: string;
  /** Lowest role that has it; the API says the same (src/operate/api/contract). */
  readonly role: Role;
  readonly label: { readonly fr: string; readonly en: string };
  readonly Page: ComponentType;
  /** Pages reached from this one. */
  readonly inner?: readonly { readonly path: string; readonly Page: ComponentType }[];
}

/** The navigation, in its order. A page is loaded when it is first opened. */
export const pages: readonly PageEntry[] = [
  { path: '/', role: 'viewer', label: { fr: 'Maintenant', en: 'Now' }, Page: lazy(async () => ({ default: (await import('./pages/now.tsx')).NowPage })) },
  { path: '/messages', role: 'viewer', label: { fr: 'Messages', en: 'Messages' }, Page: lazy(async () => ({ default: (await import('./pages/messages.tsx')).MessagesPage })), inner: [{ path: '/messages/:trace', Page: lazy(async () => ({ default: (await import('./pages/message.tsx')).MessagePage })) }] },
  { path: '/held', role: 'viewer', label: { fr: 'Retenus', en: 'Held' }, Page: lazy(async () => ({ default: (await import('./pages/held.tsx')).HeldPage })) },
  { path: '/replays', role: 'viewer', label: { fr: 'Rejeux', en: 'Replays' }, Page: lazy(async () => ({ default: (await import('./pages/replays.tsx')).ReplaysPage })), inner: [{ path: '/replays/:id', Page: lazy(async () => ({ default: (await import('./pages/replay.tsx')).ReplayPage })) }] },
  { path: '/sources', role: 'viewer', label: { fr: 'Sources', en: 'Sources' }, Page: lazy(async () => ({ default: (await import('./pages/sources.tsx')).SourcesPage })), inner: [{ path: '/sources/:name', Page: lazy(async () => ({ default: (await import('./pages/source.tsx')).SourcePage })) }] },
  { path: '/destinations', role: 'viewer', label: { fr: 'Destinations', en: 'Destinations' }, Page: lazy(async () => ({ default: (await import('./pages/destinations.tsx')).DestinationsPage })), inner: [{ path: '/destinations/:name', Page: lazy(async () => ({ default: (await import('./pages/destination.tsx')).DestinationPage })) }] },
  { path: '/incidents', role: 'viewer', label: { fr: 'Incidents', en: 'Incidents' }, Page: lazy(async () => ({ default: (await import('./pages/incidents.tsx')).IncidentsPage })) },
  { path: '/vendor', role: 'vendor', label: { fr: 'Essais', en: 'Try it' }, Page: lazy(async () => ({ default: (await import('./pages/vendor.tsx')).VendorPage })) },
  { path: '/audit', role: 'administrator', label: { fr: 'Audit', en: 'Audit' }, Page: lazy(async () => ({ default: (await import('./pages/audit.tsx')).AuditPage })) },
  { path: '/accounts', role: 'administrator', label: { fr: 'Comptes', en: 'Accounts' }, Page: lazy(async () => ({ default: (await import('./pages/accounts.tsx')).AccountsPage })) },
];
