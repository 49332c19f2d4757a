// English: other ways to sign in, and the settings of sign-in providers.
import { count } from './count.ts'

export const federation = {
  door: {
    with: (name: string) => `Sign in with ${name}`,
    nameAt: (name: string) => `Name or e-mail at ${name}`,
    password: 'Password',
    enter: 'Sign in',
    back: 'Another way',
    ways: 'Other ways to sign in',
  },
  settings: {
    about:
      'People sign in with the accounts that they have elsewhere, and a directory keeps persons up to date. Whoever has a password here keeps it: you can always get in.',
    only: 'Only administrators look after sign-in providers.',
    none: 'There is none yet. Add your directory or identity provider; then test it before you tell anybody.',
    add: 'Add',
    kinds: {
      oidc: 'OpenID Connect',
      saml: 'SAML 2.0',
      ldap: 'LDAP directory',
      scim: 'SCIM client',
    },
    kindHelp: {
      oidc: 'Entra ID, Okta, Google, Keycloak and most others: the usual choice.',
      saml: 'Where the other side offers nothing newer.',
      ldap: 'Active Directory or OpenLDAP: sign-in by password, and persons kept in step.',
      scim: 'Entra ID or Okta send persons and groups here by themselves.',
    },
    name: 'Name',
    nameHelp: 'It stands on the button: "Sign in with …".',
    kind: 'Kind',
    persons: (n: number) => count(n, 'person', 'persons'),
    state: 'State',
    isOn: 'Switched on',
    off: 'Switched off',
    on: 'On',
    save: 'Save',
    saved: 'The provider is saved.',
    cancel: 'Back to the list',
    remove: 'Remove',
    removeSure: (name: string) =>
      `Remove ${name}? Nobody signs in with it any more, and the roles that it gave are taken back. The persons stay.`,
    test: 'Test',
    testing: 'Asking …',
    found: 'What the test found',
    tell: 'Tell the other side',
    secretSet: 'A secret is kept. Leave empty to keep it.',
    token: 'Make a new token',
    tokenOnce: 'This token is shown this once. Give it to the client; the one before does not work any more.',
    addresses: {
      callback: 'Callback address (redirect URI)',
      signOut: 'Address after signing out',
      loggedOut: 'Back-channel logout',
      metadata: 'Metadata and entity ID',
      consumer: 'Assertion consumer service (POST)',
      base: 'Base address (tenant URL)',
    },
    groups: 'Groups and their roles',
    groupsHelp:
      'One a line: group = role, role. For a unit and everything below it: group = agent in 5, with the number of the unit. A group that somebody leaves takes its roles along; roles that were granted here stay.',
    groupsWrong: (line: string) => `"${line}" is not understood. Write: group = role, role`,
  },
  fields: {
    issuer: ['Issuer', 'Such as https://login.example.com/tenant.'],
    clientId: ['Client ID', 'As the provider calls Pilothouse.'],
    clientSecret: ['Client secret', ''],
    scopes: ['Scopes', ''],
    groupsClaim: ['Claim with the groups', ''],
    emailIsVerified: [
      'Its e-mails are verified',
      'Only for your own organisation, whose provider does not send email_verified.',
    ],
    entryPoint: ['Sign-in address', 'Where the browser is sent, such as https://idp.example.com/sso.'],
    samlIssuer: ['Entity ID of the provider', ''],
    certificates: ['Certificate', 'With which it signs; several during a change.'],
    emailAttribute: ['Attribute with the e-mail', 'Empty: the usual names.'],
    nameAttribute: ['Attribute with the name', 'Empty: the usual names.'],
    groupsAttribute: ['Attribute with the groups', ''],
    url: ['Address', 'Such as ldaps://dc1.example.com.'],
    startTls: ['StartTLS', 'Encrypts a connection that begins with ldap://.'],
    authority: ['Certificate of its authority', 'Only if this machine does not know it already.'],
    bindDn: ['Account that reads', 'Such as cn=reader,dc=example,dc=com.'],
    bindPassword: ['Password of that account', ''],
    base: ['Base', 'Such as dc=example,dc=com.'],
    signInFilter: ['Filter for signing in', '{name} is what the person typed.'],
    syncFilter: ['Filter for persons', ''],
    disabledWhen: ['Disabled when', 'Such as userAccountControl&2 for Active Directory, or attribute=value.'],
    syncs: ['Keep persons in step', 'Makes, changes and marks persons as left by itself.'],
    everyMinutes: ['Every … minutes', ''],
    mostLeaversPercent: ['Ask when more than … % would leave', ''],
    innerHosts: ['Servers inside our network', 'One a line. Without it, only public addresses are reached.'],
    createsPersons: ['Make persons who are not here yet', ''],
    linksByEmail: [
      'Trust it to say who has which e-mail',
      'Its account with your e-mail can then sign in as you. Only for a provider in which nobody can choose an e-mail freely.',
    ],
    emailDomains: ['Only e-mails of', 'One domain a line; empty: all.'],
    everybody: ['Roles of everybody who comes from there', 'Separated by commas.'],
  } satisfies Record<string, readonly [label: string, help: string]>,
  run: {
    title: 'Reading the directory',
    never: 'It was not read yet.',
    try: 'Try: what would change?',
    now: 'Read everything now',
    letLeave: 'Let them leave',
    states: { waiting: 'Waiting', running: 'Reading …', done: 'Done', asks: 'Waits for a yes', failed: 'Failed' },
    wasDry: 'A try: nothing was changed.',
    seconds: (n: number) => `${n.toFixed(1)} s`,
    counts: (c: {
      entries: number
      created: number
      linked: number
      changed: number
      left: number
      returned: number
    }) =>
      `${count(c.entries, 'entry', 'entries')}: ${c.created} new, ${c.linked} linked, ${c.changed} changed, ${c.left} left, ${c.returned} back`,
    changes: 'Changes',
    problems: (n: number) => count(n, 'problem', 'problems'),
    what: { create: 'New', link: 'Linked', change: 'Changed', leave: 'Left', return: 'Back' },
    who: 'Who',
    fields: 'Fields',
    entry: 'Entry',
    because: 'Why',
  },
}
