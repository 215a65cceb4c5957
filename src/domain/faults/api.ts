import { faults } from '../fault.ts';

/** What the operators' API refuses, as problem+json (RFC 9457). */
export const apiFaults = faults({
  'api.signed-out': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.2', http: 401, issue: 'login',
    text: { fr: 'Personne n’est connecté', en: 'Nobody is signed in' },
    advice: { fr: 'Ouvrir une session : POST /api/session', en: 'Sign in: POST /api/session' },
  },
  'api.session-expired': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.2', http: 401, issue: 'login',
    text: { fr: 'La session est terminée', en: 'The session has ended' },
    advice: { fr: 'Ouvrir une nouvelle session', en: 'Sign in again' },
  },
  'api.login-failed': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.2', http: 401, issue: 'login',
    text: { fr: 'Compte ou mot de passe refusé', en: 'Account or password refused' },
    advice: { fr: 'Vérifier les deux ; un administrateur peut donner un nouveau mot de passe : « accounts password »', en: 'Check both; an administrator can give a new password: "accounts password"' },
  },
  'api.login-wait': {
    stage: 'operate', severity: 'error', class: 'transient', blame: 'operator', spec: 'RFC 6585 §4', http: 429, issue: 'throttled',
    text: { fr: 'Trop d’essais de connexion : prochain essai dans {0} s', en: 'Too many attempts to sign in: next attempt in {0} s' },
    advice: { fr: 'Attendre ; si ces essais ne sont pas les vôtres, prévenir un administrateur', en: 'Wait; if these attempts are not yours, tell an administrator' },
  },
  'api.password-must-change': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.4', http: 403, issue: 'forbidden',
    text: { fr: 'Le mot de passe à usage unique doit d’abord être changé', en: 'The one-time password must be changed first' },
    advice: { fr: 'Le changer : PUT /api/session/password', en: 'Change it: PUT /api/session/password' },
  },
  'api.password-same': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 400, issue: 'business-rule',
    text: { fr: 'Le nouveau mot de passe est l’ancien', en: 'The new password is the old one' },
    advice: { fr: 'En choisir un autre', en: 'Choose another' },
  },
  'api.password-name': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 400, issue: 'business-rule',
    text: { fr: 'Le mot de passe contient le nom du compte', en: 'The password holds the account’s name' },
    advice: { fr: 'En choisir un autre', en: 'Choose another' },
  },
  'api.account-exists': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.10', http: 409, issue: 'duplicate',
    text: { fr: 'Un compte porte déjà ce nom ({0})', en: 'An account has this name already ({0})' },
    advice: { fr: 'Choisir un autre nom, ou changer ce compte', en: 'Choose another name, or change that account' },
  },
  'api.administrator-scope': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 400, issue: 'business-rule',
    text: { fr: 'Un administrateur n’a pas de périmètre : il donne les comptes et les périmètres', en: 'An administrator has no scope: it gives accounts and scopes' },
    advice: { fr: 'Le rôle operator peut en avoir un', en: 'The operator role may have one' },
  },
  'api.last-administrator': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.10', http: 409, issue: 'business-rule',
    text: { fr: '{0} est le dernier administrateur', en: '{0} is the last administrator' },
    advice: { fr: 'En nommer un autre d’abord', en: 'Name another one first' },
  },
  'api.unknown-scope': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 400, issue: 'not-found',
    text: { fr: 'La configuration n’a pas {0} parmi ses {1}', en: 'The configuration has no {0} among its {1}' },
    advice: { fr: 'Donner le nom tel qu’il est dans la configuration', en: 'Give the name as it is in the configuration' },
  },
  'api.role': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.4', http: 403, issue: 'forbidden',
    text: { fr: 'Le rôle {0} ne permet pas cela : il faut {1}', en: 'Role {0} does not allow this: it takes {1}' },
    advice: { fr: 'Demander à un administrateur', en: 'Ask an administrator' },
  },
  'api.whole-destination': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.4', http: 403, issue: 'forbidden',
    text: { fr: 'Cela concerne une destination entière, donc les résultats de toutes les sources : ce compte n’en a que certaines', en: 'This concerns a whole destination, hence the results of every source: this account has some of them only' },
    advice: { fr: 'Demander à un opérateur sans périmètre de sources', en: 'Ask an operator without a scope of sources' },
  },
  'api.csrf': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.4', http: 403, issue: 'security',
    text: { fr: 'Jeton anti-CSRF absent, ou d’une autre session', en: 'CSRF token absent, or of another session' },
    advice: { fr: 'Envoyer dans x-csrf-token le « csrf » que donne GET /api/session', en: 'Send in x-csrf-token the "csrf" that GET /api/session gives' },
  },
  'api.other-origin': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.4', http: 403, issue: 'security',
    text: { fr: 'Requête venue d’un autre site', en: 'Request from another site' },
    advice: { fr: 'Passer par la console de cette passerelle ; derrière un mandataire, lui faire garder l’en-tête Host', en: 'Use this gateway’s own console; behind a proxy, make it keep the Host header' },
  },
  'api.no-such-route': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.5', http: 404, issue: 'not-found',
    text: { fr: 'Cette adresse n’existe pas', en: 'There is no such address' },
    advice: { fr: 'Voir /api/openapi.json', en: 'See /api/openapi.json' },
  },
  'api.method': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.6', http: 405, issue: 'not-supported',
    text: { fr: 'Méthode refusée ici ; permises : {0}', en: 'Method refused here; allowed: {0}' },
    advice: { fr: 'Voir /api/openapi.json', en: 'See /api/openapi.json' },
  },
  'api.not-found': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.5', http: 404, issue: 'not-found',
    text: { fr: 'Rien de ce nom, ou rien que ce compte puisse voir', en: 'Nothing of this name, or nothing this account may see' },
    advice: { fr: 'Vérifier l’identifiant, et le périmètre du compte', en: 'Check the id, and the account’s scope' },
  },
  'api.invalid': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.1', http: 400, issue: 'invalid',
    text: { fr: 'Requête mal formée : {0} ({1})', en: 'Malformed request: {0} ({1})' },
    advice: { fr: 'Voir ce qui est attendu dans /api/openapi.json', en: 'See what is wanted in /api/openapi.json' },
  },
  'api.not-json': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.16', http: 415, issue: 'not-supported',
    text: { fr: 'Le corps doit être du JSON (application/json)', en: 'The body must be JSON (application/json)' },
    advice: { fr: 'Envoyer Content-Type: application/json', en: 'Send Content-Type: application/json' },
  },
  'api.too-large': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'RFC 9110 §15.5.14', http: 413, issue: 'too-long',
    text: { fr: 'Corps de plus de {0} octets', en: 'Body over {0} bytes' },
    advice: { fr: 'Envoyer moins à la fois', en: 'Send less at once' },
  },
  'api.too-many': {
    stage: 'operate', severity: 'error', class: 'transient', blame: 'operator', spec: 'RFC 6585 §4', http: 429, issue: 'throttled',
    text: { fr: 'Trop de requêtes : réessayer dans {0} s', en: 'Too many requests: try again in {0} s' },
    advice: { fr: 'Espacer les requêtes, ou relever « access.requestsPerSecond » ; derrière un mandataire, le nommer dans « access.trustedProxies »', en: 'Space the requests out, or raise "access.requestsPerSecond"; behind a proxy, name it in "access.trustedProxies"' },
  },
  'api.openid-off': {
    stage: 'operate', severity: 'error', class: 'configuration', blame: 'operator', spec: '', http: 404, issue: 'not-supported',
    text: { fr: 'Aucun fournisseur OpenID Connect n’est configuré', en: 'No OpenID Connect provider is configured' },
    advice: { fr: 'Se connecter par un compte d’ici, ou régler « access.openid »', en: 'Sign in by an account of this gateway, or set "access.openid"' },
  },
  'api.openid-refused': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: 'OpenID Connect Core 1.0 §3.1', http: 401, issue: 'login',
    text: { fr: 'La connexion par le fournisseur n’a pas abouti ({0})', en: 'Sign-in by the provider did not succeed ({0})' },
    advice: { fr: 'Recommencer depuis la page de connexion ; si cela dure, vérifier « access.openid » et l’heure de la machine', en: 'Begin again from the login page; if it lasts, check "access.openid" and the machine’s time' },
  },
  'api.openid-role': {
    stage: 'operate', severity: 'error', class: 'permanent', blame: 'operator', spec: '', http: 403, issue: 'forbidden',
    text: { fr: 'Cette personne est connue du fournisseur, mais aucune règle ne lui donne de rôle ici', en: 'The provider knows this person, but no rule gives a role here' },
    advice: { fr: 'Demander à un administrateur ; règles : « access.openid.roles »', en: 'Ask an administrator; rules: "access.openid.roles"' },
  },
  'api.openid-unreachable': {
    stage: 'operate', severity: 'error', class: 'transient', blame: 'receiver', spec: 'OpenID Connect Discovery 1.0 §4', http: 502, issue: 'transient',
    text: { fr: 'Le fournisseur OpenID Connect ne répond pas comme il le devrait ({0})', en: 'The OpenID Connect provider does not answer as it should ({0})' },
    advice: { fr: 'Réessayer ; se connecter par un compte d’ici en attendant', en: 'Try again; sign in by an account of this gateway meanwhile' },
  },
  'api.failed': {
    stage: 'operate', severity: 'error', class: 'transient', blame: 'us', spec: 'RFC 9110 §15.6.1', http: 500, issue: 'exception',
    text: { fr: 'Défaut interne de l’API', en: 'Internal defect of the API' },
    advice: { fr: 'Réessayer ; si cela dure, signaler l’heure et l’adresse demandée', en: 'Try again; if it lasts, report the time and the address asked' },
  },
  'api.audit-unavailable': {
    stage: 'operate', severity: 'error', class: 'transient', blame: 'operator', spec: 'RFC 9110 §15.6.4', http: 503, issue: 'no-store',
    text: { fr: 'Le journal d’audit ne peut être écrit : rien n’est montré ni fait sans lui', en: 'The audit log cannot be written: nothing is shown or done without it' },
    advice: { fr: 'Libérer de la place ou rétablir le disque du dossier des données', en: 'Free some space, or mend the disk of the data folder' },
  },
});
