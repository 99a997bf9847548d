/**
 * Passkeys in the browser: the module that pages of an application import. No build step, no dependency, and nothing
 * happens on import. Its exports are stable; docs/own-login-page.md describes them.
 *
 * The functions run ceremonies against the endpoints below data-passkey-base, an attribute that one element of the page
 * carries (the script element, or any other). Each resolves to the JSON the server answered with, or rejects with a
 * PasskeyError:
 *
 *   cancelled        the user said no, let it time out, or has no passkey: browsers do not tell which (NotAllowedError)
 *   aborted, busy    superseded by another ceremony, or one is running already: nothing to tell the user
 *   already-bound    this device has a passkey for the user (InvalidStateError)
 *   wrong-site       this address may not use the relying party id (SecurityError)
 *   unsupported      the browser or device cannot do it (NotSupportedError, ConstraintError)
 *   device-failed    any other failure of the browser or the device
 *   signal-unknown   the server does not know the passkey; the device has been told
 *   network, server  no answer, or one that is not JSON
 *   no-base          no element of the page carries data-passkey-base, or it names another origin
 *
 * and every code of a problem body, such as authentication-failed or name-taken.
 */
export class PasskeyError extends Error {
  constructor(code, { cause, status, retryAfter = 0 } = {}) {
    super(code, { cause });
    this.name = 'PasskeyError';
    this.code = code;
    /** HTTP status, undefined if the server did not answer. */
    this.status = status;
    /** Seconds until another try makes sense, 0 if unknown. */
    this.retryAfter = retryAfter;
  }
}

const CODES = {
  NotAllowedError: 'cancelled',
  AbortError: 'aborted',
  TimeoutError: 'aborted',
  InvalidStateError: 'already-bound',
  SecurityError: 'wrong-site',
  NotSupportedError: 'unsupported',
  ConstraintError: 'unsupported',
};
const REQUEST_LIMIT = 30_000; // ms that the server may take to answer
const FRESH = 0.8; // of a challenge's life; an older one is not offered any more

/** Where the endpoints are, such as /intranet/passkey: said by the page and never guessed. */
export function base() {
  const said = document.querySelector('[data-passkey-base]')?.dataset.passkeyBase;
  if (!said || !isOwnAddress(said)) {
    throw new PasskeyError('no-base');
  }
  return said;
}

/** Whether an address, seen from this page, is one of its own origin: markup that somebody slipped in leads nowhere else. */
export function isOwnAddress(address, seenFrom = location.href) {
  try {
    const url = new URL(address, seenFrom);
    return /^https?:$/.test(url.protocol) && url.origin === location.origin;
  } catch {
    return false;
  }
}

/**
 * Leaves a page whose work is done: Back does not lead to it again. A location of another origin throws a PasskeyError with
 * the code server.
 */
export function leaveFor(address) {
  if (!isOwnAddress(address)) {
    throw new PasskeyError('server');
  }
  const next = new URL(address, location.href);
  const here = next.pathname === location.pathname && next.search === location.search;
  location.replace(next);
  if (here && next.hash) {
    location.reload(); // a new fragment alone would not load the page anew
  }
}

/** Whether this browser can use passkeys at this address. An IP address is no valid relying party id. */
export function isSupported() {
  return typeof PublicKeyCredential === 'function' && !!navigator.credentials?.get && !isAddress(location.hostname);
}

const isAddress = (host) => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);

/**
 * What to tell the user of a PasskeyError, out of texts by key: the most special of `error.<action>.<code>`,
 * `error.<code>`, `error.<action>.unknown` and `error.unknown`.
 */
export function describe({ code, retryAfter }, texts, action = 'logon') {
  if (retryAfter > 0) {
    const [unit, amount] = retryAfter <= 90 ? ['seconds', Math.max(2, retryAfter)] : ['minutes', Math.ceil(retryAfter / 60)];
    const text = texts[`error.${code}.${unit}`];
    if (text) {
      return text.replace('{0}', amount);
    }
  }
  const keys = [`error.${action}.${code}`, `error.${code}`, `error.${action}.unknown`, 'error.unknown'];
  return keys.map((key) => texts[key]).find(Boolean) ?? '';
}

// ---- The server

async function post(path, body, query = {}) {
  const url = new URL(`${base()}/${path}`, location.href);
  Object.entries(query).forEach(([name, value]) => value && url.searchParams.set(name, value));
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_LIMIT),
    });
  } catch (cause) {
    throw new PasskeyError('network', { cause });
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer) {
    return answer;
  }
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  const code = answer?.signal === 'unknown-credential' ? 'signal-unknown' : (answer?.code ?? 'server');
  throw new PasskeyError(code, { status: response.status, retryAfter });
}

/** Options and until when an answer to them is of use. */
async function begin(path, body) {
  const options = await post(path, body);
  const lifetime = options.timeout ?? 300_000;
  return { options, lifetime, expiresAt: Date.now() + lifetime };
}

// ---- JSON forms of WebAuthn, for browsers that cannot convert them (section 5.1 of WebAuthn Level 3)

function toBytes(base64url) {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function fromBytes(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const descriptors = (list = []) => list.map((descriptor) => ({ ...descriptor, id: toBytes(descriptor.id) }));

function requestOptions(json) {
  return PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: toBytes(json.challenge),
    allowCredentials: descriptors(json.allowCredentials),
  };
}

function creationOptions(json) {
  return PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: toBytes(json.challenge),
    user: { ...json.user, id: toBytes(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  };
}

function toJson(credential) {
  if (typeof credential.toJSON === 'function') {
    return credential.toJSON();
  }
  const { response } = credential;
  const parts = {
    clientDataJSON: response.clientDataJSON,
    attestationObject: response.attestationObject,
    authenticatorData: response.authenticatorData ?? response.getAuthenticatorData?.(),
    publicKey: response.getPublicKey?.(),
    signature: response.signature,
    userHandle: response.userHandle,
  };
  const json = Object.fromEntries(
    Object.entries(parts).filter(([, part]) => part).map(([name, part]) => [name, fromBytes(part)]),
  );
  if (response.attestationObject) {
    json.transports = response.getTransports?.() ?? [];
    json.publicKeyAlgorithm = response.getPublicKeyAlgorithm?.();
  }
  return {
    id: credential.id,
    rawId: fromBytes(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: json,
  };
}

// ---- Ceremonies, one at a time

let running; // AbortController of the ceremony that a user started
let offered; // AbortController of the pending autofill offer

async function exclusively(ceremony) {
  if (running) {
    throw new PasskeyError('busy');
  }
  // A browser refuses a second request while one is pending, even one that nobody sees.
  withdrawOffer();
  running = new AbortController();
  const { signal } = running;
  try {
    return await ceremony(signal);
  } catch (error) {
    throw asPasskeyError(error);
  } finally {
    if (running?.signal === signal) {
      running = undefined;
    }
  }
}

/** Ends the ceremony that is running, if any; it rejects as `aborted`. */
export function cancel() {
  running?.abort();
  running = undefined;
}

function asPasskeyError(cause) {
  if (cause instanceof PasskeyError) {
    return cause;
  }
  const code = CODES[cause?.name] ?? 'device-failed';
  if (code === 'wrong-site') {
    console.error(`Passkeys: ${location.origin} may not use the relying party id of passkey.rp.id`, cause);
  }
  return new PasskeyError(code, { cause });
}

/** Sends an answer; a passkey the server does not know any more is reported to the device it came from. */
async function finish(path, begun, credential, query) {
  if (Date.now() > begun.expiresAt) {
    throw new PasskeyError('ceremony-expired');
  }
  try {
    return await post(path, toJson(credential), query);
  } catch (error) {
    if (error.code === 'signal-unknown') {
      await signalUnknownCredential(begun.options.rpId, credential.id);
    }
    throw error;
  }
}

function authenticate(optionsPath, answerPath, body, query) {
  return exclusively(async (signal) => {
    for (let mayRepeat = true; ; mayRepeat = false) {
      const begun = await begin(optionsPath, body);
      const credential = await navigator.credentials.get({ publicKey: requestOptions(begun.options), signal });
      try {
        return await finish(answerPath, begun, credential, query);
      } catch (error) {
        // A prompt without a fresh gesture would be refused by some browsers: then the user has to press again.
        if (!mayRepeat || error.code !== 'ceremony-expired' || !navigator.userActivation?.isActive) {
          throw error;
        }
      }
    }
  });
}

const named = (username) => (username ? { username } : {});

/** Logs on; `to` is the sealed return target. Resolves to `{location}`. */
export const logon = ({ username, to } = {}) =>
  authenticate('logon/options', 'logon/assertion', named(username), { to });

/**
 * Proves who the user is and brings a ticket for a form that posts to j_security_check: resolves to
 * `{username, ticket}`. The ticket goes where the password would, once, within a minute.
 */
export const ticket = ({ username } = {}) => authenticate('logon/options', 'ticket', named(username));

/** Completes a logon after a right password by a passkey of that user; resolves to `{location}`. */
export const secondFactor = ({ to } = {}) =>
  authenticate('second-factor/options', 'second-factor/assertion', {}, { to });

/** Gives a fresh proof for `own` (default), `administration` or `application`; resolves to `{location}`. */
export const confirm = ({ returnTo, proofFor } = {}) =>
  authenticate('confirm/options', 'confirm/assertion', {}, { return: returnTo, for: proofFor });

/** Refusals that leave nothing behind on the server; any other may be the second answer to a request sent twice. */
const REFUSED_FOR_GOOD = new Set([
  'registration-failed', 'name-taken', 'limit-reached', 'invalid-name', 'confirmation-required', 'passkeys-off',
]);

/**
 * Binds a new passkey to the user who is logged on; resolves to the passkey. `use` is `logon`, or `second-factor` for a key
 * that serves beside the password only.
 */
export const bind = ({ name, use = 'logon' }) => create('passkeys/options', 'passkeys', { body: { name, use } });

/** Completes a logon after a right password by binding the user's first passkey; resolves to `{location}`. */
export const bindSecondFactor = ({ name, use = 'logon', to }) =>
  create('second-factor/binding/options', 'second-factor/binding', { body: { name, use }, query: { to } });

/** Binds the one passkey that an administrator's pass is good for, once the pass is spent; resolves to the passkey. */
export const bindByPass = ({ name }) => create('reset/options', 'reset/passkey', { body: { name } });

function create(optionsPath, answerPath, { body, query, mediation }) {
  return exclusively(async (signal) => {
    const begun = await begin(optionsPath, body);
    const publicKey = creationOptions(begun.options);
    const credential = await navigator.credentials.create({ publicKey, mediation, signal });
    try {
      return await finish(answerPath, begun, credential, query);
    } catch (error) {
      // Only where it is certain that the server did not keep it: a lost answer must not cost a good passkey.
      if (error.code === 'ceremony-expired' ? !error.status : REFUSED_FOR_GOOD.has(error.code)) {
        await signalUnknownCredential(begun.options.rp.id, credential.id);
      }
      throw error;
    }
  });
}

/**
 * Lets the browser make the first passkey of a user by itself, within a minute of a password logon. Nobody is asked, and
 * nobody is told of a failure: resolves to the passkey, or to undefined where there is none, after `limit` ms at most but
 * for the server's answer.
 */
export async function upgrade({ limit = 6_000 } = {}) {
  if (!(await canUpgrade())) {
    return undefined;
  }
  const timer = setTimeout(cancel, limit);
  try {
    return await create('upgrade/options', 'upgrade', { body: {}, mediation: 'conditional' });
  } catch (ignored) {
    console.debug('Passkeys: none was made', ignored);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function canUpgrade() {
  const capabilities = isSupported() && (await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined));
  return !!capabilities?.conditionalCreate;
}

let wiring; // what autofill was last asked for, to offer it again
let renewal; // timer
let attempt = 0; // number of the newest offer: an older one that is still on its way to the prompt gives up

/**
 * Offers the user's passkeys in the autofill of a field with `autocomplete="username webauthn"`, and keeps the offer
 * fresh while the page lies open. `onSuccess` is called with what `logon` resolves to, or `ticket` if `asTicket` is set;
 * `onError` with a PasskeyError that the user should know of. Called with nothing, it renews the last offer, which is
 * what a page does after a ceremony of its own has failed. One field a page.
 */
export async function autofill(wanted) {
  if (wanted) {
    if (!wiring) {
      document.addEventListener('visibilitychange', () => !document.hidden && !isOfferFresh() && autofill());
      addEventListener('pageshow', (event) => event.persisted && reviveOffer());
    }
    wiring = wanted;
  }
  const own = ++attempt;
  if (!wiring || !(await canAutofill()) || running || document.hidden || own !== attempt) {
    return;
  }
  await offer(wiring);
}

const isOfferFresh = () => offered?.staleAt > Date.now();

/** After Back the page comes out of the browser's cache as it was left, with an offer that nobody keeps. */
function reviveOffer() {
  cancel();
  autofill();
}

async function offer({ to, asTicket = false, onSuccess, onError }) {
  withdrawOffer();
  const own = (offered = new AbortController());
  const since = Date.now();
  let chosen = false;
  try {
    const begun = await begin('logon/options', {});
    own.signal.throwIfAborted();
    own.staleAt = since + begun.lifetime * FRESH;
    renewal = setTimeout(autofill, begun.lifetime * FRESH);
    const publicKey = requestOptions(begun.options);
    const credential = await navigator.credentials.get({ publicKey, mediation: 'conditional', signal: own.signal });
    chosen = true;
    clearTimeout(renewal);
    const answer = await finish(asTicket ? 'ticket' : 'logon/assertion', begun, credential, { to });
    if (!own.signal.aborted) {
      onSuccess(answer); // else another ceremony has begun meanwhile, and that one decides
    }
  } catch (cause) {
    const error = asPasskeyError(cause);
    if ((chosen && !own.signal.aborted) || error.code === 'wrong-site') {
      onError?.(error);
    }
    // What fails at once would fail for ever: then the offer comes back with the next ceremony or the renewal.
    if (chosen || (error.code === 'cancelled' && Date.now() - since > 1000)) {
      autofill();
    }
  }
}

async function canAutofill() {
  return isSupported() && !!(await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false));
}

function withdrawOffer() {
  clearTimeout(renewal);
  offered?.abort();
  offered = undefined;
}

// ---- Signals to the user's devices: a courtesy, so every failure is ignored

async function signal(method, message) {
  withdrawOffer();
  try {
    await PublicKeyCredential[method]?.(message);
  } catch (ignored) {
    console.debug(`Passkeys: ${method}`, ignored);
  }
}

/** Tells the device that the server does not know this passkey; the functions above do so by themselves. */
export const signalUnknownCredential = (rpId, credentialId) =>
  signal('signalUnknownCredential', { rpId: rpId ?? location.hostname, credentialId });

/** Tells devices which passkeys exist, all of them, and what the user is called now. */
export async function signalAccepted({ rpId, userId, name, displayName, credentialIds }) {
  if (isSupported() && userId) {
    await signal('signalAllAcceptedCredentials', { rpId, userId, allAcceptedCredentialIds: credentialIds });
    await signal('signalCurrentUserDetails', { rpId, userId, name, displayName });
  }
}
