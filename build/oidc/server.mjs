// The certified OpenID provider, set up for the tests of app/oauth: public and
// confidential native clients, S256 required, refresh tokens that rotate and end
// the grant when one is used twice, revocation, registration, pushed requests,
// device sign-in and iss. It listens on a free port of 127.0.0.1, prints one
// line of JSON with its issuer, and ends with its standard input.
//
// With PEER_REQUIRE_PAR=1 it takes pushed requests only.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const callback = 'http://127.0.0.1/callback';
const grants = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'];
const native = { application_type: 'native', redirect_uris: [callback], grant_types: grants };

const configuration = {
  clients: [
    { ...native, client_id: 'public', token_endpoint_auth_method: 'none' },
    { ...native, client_id: 'basic', client_secret: 'a secret: 100%', token_endpoint_auth_method: 'client_secret_basic' },
    { ...native, client_id: 'post', client_secret: 'a secret: 100%', token_endpoint_auth_method: 'client_secret_post' },
  ],
  clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: {
    deviceFlow: { enabled: true },
    devInteractions: { enabled: true },
    pushedAuthorizationRequests: {
      enabled: true,
      requirePushedAuthorizationRequests: process.env.PEER_REQUIRE_PAR === '1',
    },
    registration: { enabled: true },
    registrationManagement: { enabled: true },
    revocation: { enabled: true },
  },
  pkce: { required: () => true },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', new Provider(issuer, configuration).callback());
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
