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
];
