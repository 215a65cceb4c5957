import { group, leaf, list, tuned, type Shape } from '../declare.ts';
import { isLoopbackHost } from '../loopback.ts';
import { network } from './network.ts';

/** Claims and codes go over it: in clear on this machine only, for a trial. */
const address: Shape = {
  fr: 'une adresse https:// (http:// sur la boucle locale seulement)', en: 'an https:// address (http:// on loopback only)',
  fits: (text) => { try { const { protocol, hostname } = new URL(text); return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname)); } catch { return false; } },
};

export const access = group('Qui entre dans la console et l’API, et pour combien de temps.', 'Who enters the console and the API, and for how long.', {
  sessionHours: leaf({ is: 'integer', min: 1, max: 168 }, 'Durée d’une session, quoi qu’il s’y passe (heures).', 'Length of a session, whatever is done in it (hours).', '12', { default: 12 }),
  idleMinutes: leaf({ is: 'integer', min: 1, max: 1440 }, 'Une session dont personne ne se sert finit après ce délai (minutes).', 'A session that nobody uses ends after so long (minutes).', '30', { default: 30 }),
  requestsPerSecond: leaf({ is: 'integer', min: 1, max: 1000 }, 'Requêtes d’un compte par seconde, dans la durée ; cinq fois plus d’un coup, et quatre fois plus par adresse.', 'Requests of an account a second, over time; five times as many at once, and four times as many per address.', '30', tuned(30)),
  trustedProxies: leaf({ is: 'texts', shape: network },
    'Adresses de vos mandataires (reverse proxies) devant la console : leur en-tête X-Forwarded-For dit alors d’où vient chaque navigateur, pour les limites et le journal d’audit. Sans ce réglage, tous partagent la limite d’adresse du mandataire. Donnez à la console une écoute à elle : une écoute qui reçoit aussi des messages croirait le mandataire sur parole.',
    'Addresses of your own reverse proxies in front of the console: their X-Forwarded-For then says from where each browser comes, for limits and the audit log. Without it, all share the address limit of the proxy. Give the console a listener of its own: one that takes messages too would believe the proxy at its word.', '[10.0.0.5]', { default: [] }),
  openid: group('Connexion par un fournisseur OpenID Connect (Pro Santé Connect, annuaire régional), à côté des comptes d’ici.', 'Sign-in by an OpenID Connect provider (Pro Santé Connect, a regional directory), besides the accounts of this gateway.', {
    name: leaf({ is: 'text' }, 'Nom du fournisseur, tel que la page de connexion le montre.', 'The provider’s name, as the login page shows it.', 'Pro Santé Connect'),
    issuer: leaf({ is: 'text', shape: address }, 'Son adresse d’émetteur, d’où sa configuration est lue (/.well-known/openid-configuration).', 'Its issuer, from which its configuration is read (/.well-known/openid-configuration).', 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet'),
    clientId: leaf({ is: 'text' }, 'Identifiant de cette passerelle chez lui.', 'This gateway’s client id there.', 'passerelle-normandie'),
    clientSecret: leaf({ is: 'secret' }, 'Secret de cette passerelle chez lui.', 'This gateway’s client secret there.', '{ env: PASSERELLE_OPENID }'),
    console: leaf({ is: 'text', shape: address }, 'Adresse de la console vue des navigateurs ; l’adresse de retour à déclarer au fournisseur est celle-ci suivie de « /api/session/openid/return ».', 'The console’s address as browsers see it; the redirect address to register with the provider is this followed by "/api/session/openid/return".', 'https://passerelle.exemple.test'),
    scope: leaf({ is: 'text' }, 'Portées demandées.', 'Scopes asked.', 'openid scope_all', { default: 'openid' }),
    acrValues: leaf({ is: 'text' }, 'Niveau d’authentification demandé (acr_values).', 'Authentication level asked (acr_values).', 'eidas1', { default: null }),
    accountClaim: leaf({ is: 'text' }, 'Revendication qui nomme la personne dans le journal d’audit.', 'Claim that names the person in the audit log.', 'SubjectNameID', { default: 'sub' }),
    roles: list('Qui reçoit quel rôle : la première règle dont la revendication a la valeur. Sans règle qui convienne, personne n’entre.', 'Who gets which role: the first rule whose claim has the value. Without a rule that fits, nobody enters.', 'name', {
      name: leaf({ is: 'text' }, 'Nom de la règle.', 'Name of the rule.', 'exploitation'),
      claim: leaf({ is: 'text' }, 'Revendication, du jeton d’identité ou de « userinfo » ; « . » entre dans un objet ou une liste.', 'Claim, of the ID token or of userinfo; "." goes into an object or a list.', 'groups'),
      value: leaf({ is: 'text' }, 'Valeur attendue, ou une valeur de la liste.', 'Value wanted, or one value of the list.', 'passerelle-exploitation'),
      role: leaf({ is: 'choice', of: ['viewer', 'operator', 'administrator', 'vendor'] }, 'Rôle donné.', 'Role given.', 'operator'),
      organisation: leaf({ is: 'text' }, 'Ne voit que les messages des sources de cette organisation.', 'Sees the messages of this organisation’s sources only.', 'Laboratoire de démonstration', { default: null }),
      organisationClaim: leaf({ is: 'text' }, 'Revendication qui donne l’organisation, à la place d’un nom fixe.', 'Claim that gives the organisation, instead of a fixed name.', 'organisation', { default: null }),
      sources: leaf({ is: 'texts' }, 'Ne voit que ces sources.', 'Sees these sources only.', '[lab]', { default: [] }),
      destinations: leaf({ is: 'texts' }, 'Ne voit que ces destinations.', 'Sees these destinations only.', '[dmp]', { default: [] }),
    }),
  }, 'null'),
});
