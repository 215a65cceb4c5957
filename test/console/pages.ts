export const roles = ['viewer', 'operator', 'administrator', 'vendor'] as const;
export type Role = (typeof roles)[number];

/** Each page of the console: where, who has it, and its heading. `ready` is something that is there only once it is filled. */
export interface PageCase {
  readonly name: string;
  readonly path: string;
  readonly roles: readonly Role[];
  readonly title: { readonly fr: string; readonly en: string };
  /** Text or role that shows the page has its answer, in any language. */
  readonly ready: string;
}

const everybody: readonly Role[] = ['viewer', 'operator', 'administrator'];

/** `:trace` and `:replay` become those of the test's gateway. */
export const pageCases: readonly PageCase[] = [
  { name: 'now', path: '/', roles: everybody, title: { fr: 'Maintenant', en: 'Now' }, ready: 'table >> text=region' },
  { name: 'messages', path: '/messages', roles: everybody, title: { fr: 'Messages', en: 'Messages' }, ready: '[role=table] a[href^="/messages/"] >> nth=0' },
  { name: 'live', path: '/messages?live=1', roles: everybody, title: { fr: 'Messages', en: 'Messages' }, ready: 'button[aria-pressed]' },
  { name: 'message', path: '/messages/:trace', roles: everybody, title: { fr: 'Message', en: 'Message' }, ready: 'dl.facts' },
  { name: 'held', path: '/held', roles: everybody, title: { fr: 'Retenus', en: 'Held' }, ready: 'h2 >> nth=0' },
  { name: 'replays', path: '/replays', roles: everybody, title: { fr: 'Rejeux', en: 'Replays' }, ready: 'table a[href^="/replays/"] >> nth=0' },
  { name: 'replay', path: '/replays/:replay', roles: everybody, title: { fr: 'Rejeu n° 1', en: 'Replay no. 1' }, ready: 'table td >> nth=0' },
  { name: 'sources', path: '/sources', roles: everybody, title: { fr: 'Sources', en: 'Sources' }, ready: 'table a[href="/sources/laboratoire"]' },
  { name: 'source', path: '/sources/laboratoire', roles: everybody, title: { fr: 'laboratoire', en: 'laboratoire' }, ready: 'h2 >> nth=0' },
  { name: 'destinations', path: '/destinations', roles: everybody, title: { fr: 'Destinations', en: 'Destinations' }, ready: 'table a[href="/destinations/region"]' },
  { name: 'destination', path: '/destinations/region', roles: everybody, title: { fr: 'region', en: 'region' }, ready: 'h2 >> nth=0' },
  { name: 'incidents', path: '/incidents', roles: everybody, title: { fr: 'Incidents', en: 'Incidents' }, ready: 'h2 >> nth=0' },
  { name: 'vendor', path: '/vendor', roles: ['operator', 'administrator', 'vendor'], title: { fr: 'Essais', en: 'Try it' }, ready: 'textarea' },
  { name: 'audit', path: '/audit', roles: ['administrator'], title: { fr: 'Audit', en: 'Audit' }, ready: 'table td >> nth=0' },
  { name: 'accounts', path: '/accounts', roles: ['administrator'], title: { fr: 'Comptes', en: 'Accounts' }, ready: 'table >> text=vendor' },
  { name: 'password', path: '/password', roles: ['viewer', 'operator', 'administrator', 'vendor'], title: { fr: 'Changer le mot de passe', en: 'Change the password' }, ready: 'input[autocomplete=current-password]' },
];
