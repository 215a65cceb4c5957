// A real OpenID Connect provider in a process of its own (oidc-provider), whose login page signs in whoever /choose?account= named.
// Prints its port. Arguments: the redirect address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

const [redirect = ''] = process.argv.slice(2);
/** Fictive professionals, as a region's directory and Pro Santé Connect describe them. */
const people: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  lea: { groups: ['autre', 'exploitation'], SubjectNameID: '899700218896' },
  paul: { groups: ['lecture'], organisation: 'Labo', SubjectNameID: '899700218904' },
  noor: { groups: ['lecture'], SubjectNameID: '899700218912' },
  zoe: { groups: [], SubjectNameID: '899700218920' },
  psc: { SubjectNameID: '899700218896', SubjectRefPro: { exercices: [{ codeProfession: '10', activities: [{ siteIdentifiant: '990000001' }] }] } },
};
let chosen = '';
const server = createServer();
await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
const { port } = server.address() as AddressInfo;
const provider: Provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'passerelle', client_secret: 'a secret of this test only, long enough', redirect_uris: [redirect], token_endpoint_auth_method: 'client_secret_post' }],
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  claims: { openid: ['sub'], profile: ['groups', 'organisation', 'SubjectNameID', 'SubjectRefPro'] },
  scopes: ['openid', 'profile'],
  acrValues: ['eidas1'],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['a key of this test only'] },
  // Consent is given for what is asked: the region's own software.
  loadExistingGrant: async (context) => {
    const grant = new provider.Grant({ clientId: 'passerelle', accountId: context.oidc.session?.accountId ?? '' });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});
const callback = provider.callback();
server.on('request', (request, response) => {
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
  if (url.pathname === '/choose') { chosen = url.searchParams.get('account') ?? ''; response.end(); return; }
  if (url.pathname.startsWith('/interaction/')) {
    const result = chosen === '' ? { error: 'access_denied' } : { login: { accountId: chosen, acr: 'eidas1', remember: false } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }
  void callback(request, response);
});
console.log(port);
process.on('disconnect', () => process.exit(0));
