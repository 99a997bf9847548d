/**
 * Passkeys in the browser: one module, no build step, no dependency.
 *
 * The exported functions run ceremonies against the endpoints below data-passkey-base, an attribute that exactly one
 * element of the page carries. Each resolves to the JSON the server answered with, or rejects with a PasskeyError:
 *
 *   cancelled        the user said no, let it time out, or has no passkey: browsers do not tell which (NotAllowedError)
 *   aborted, busy    superseded by another ceremony, or one is running already: nothing to tell the user
 *   already-bound    this device has a passkey for the user (InvalidStateError)
 *   wrong-site       this address may not use the relying party id (SecurityError)
 *   unsupported      the browser or device cannot do it (NotSupportedError, ConstraintError)
 *   device-failed    any other failure of the browser or the device
 *   signal-unknown   the server does not know the passkey; the device has been told
 *   network, server  no answer, or one that is not JSON
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

const base = () => document.querySelector('[data-passkey-base]').dataset.passkeyBase;

/** Whether this browser can use passkeys at this address. An IP address is no valid relying party id. */
export function isSupported() {
  return typeof PublicKeyCredential === 'function' && !!navigator.credentials?.get && !isAddress(location.hostname);
}

const isAddress = (host) => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);

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

function authenticate(ceremony, body, query) {
  return exclusively(async (signal) => {
    for (let mayRepeat = true; ; mayRepeat = false) {
      const begun = await begin(`${ceremony}/options`, body);
      const credential = await navigator.credentials.get({ publicKey: requestOptions(begun.options), signal });
      try {
        return await finish(`${ceremony}/assertion`, begun, credential, query);
      } catch (error) {
        // A prompt without a fresh gesture would be refused by some browsers: then the user has to press again.
        if (!mayRepeat || error.code !== 'ceremony-expired' || !navigator.userActivation?.isActive) {
          throw error;
        }
      }
    }
  });
}

/** Logs on; `to` is the sealed return target. Resolves to `{location}`. */
export const logon = ({ username, to } = {}) => authenticate('logon', username ? { username } : {}, { to });

/** Gives a fresh proof; resolves to `{location}`. */
export const confirm = ({ returnTo } = {}) => authenticate('confirm', {}, { return: returnTo });

/** Refusals that leave nothing behind on the server; any other may be the second answer to a request sent twice. */
const REFUSED_FOR_GOOD = new Set([
  'registration-failed', 'name-taken', 'limit-reached', 'invalid-name', 'confirmation-required', 'passkeys-off',
]);

/** Binds a new passkey to the user who is logged on; resolves to the passkey. */
export function bind({ name, use = 'logon' }) {
  return exclusively(async (signal) => {
    const begun = await begin('passkeys/options', { name, use });
    const credential = await navigator.credentials.create({ publicKey: creationOptions(begun.options), signal });
    try {
      return await finish('passkeys', begun, credential);
    } catch (error) {
      // Only where it is certain that the server did not keep it: a lost answer must not cost a good passkey.
      if (error.code === 'ceremony-expired' ? !error.status : REFUSED_FOR_GOOD.has(error.code)) {
        await signalUnknownCredential(begun.options.rp.id, credential.id);
      }
      throw error;
    }
  });
}

let wiring; // what autofill was last asked for, to offer it again
let renewal; // timer

/**
 * Offers the user's passkeys in the autofill of a field with `autocomplete="username webauthn"`, and keeps the offer
 * fresh while the page lies open. `onLocation` is called with where to go, `onError` with a PasskeyError that the user
 * should know of.
 */
export async function autofill({ to, onLocation, onError } = wiring ?? {}) {
  wiring = onLocation && { to, onLocation, onError };
  if (!wiring || !(await canAutofill()) || running || document.hidden) {
    return;
  }
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
    onLocation((await finish('logon/assertion', begun, credential, { to })).location);
  } catch (cause) {
    const error = asPasskeyError(cause);
    if (chosen || error.code === 'wrong-site') {
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

const signalUnknownCredential = (rpId, credentialId) =>
  signal('signalUnknownCredential', { rpId: rpId ?? location.hostname, credentialId });

/** Tells devices which passkeys exist, all of them, and what the user is called now. */
export async function signalAccepted({ rpId, userId, name, displayName, credentialIds }) {
  if (isSupported() && userId) {
    await signal('signalAllAcceptedCredentials', { rpId, userId, allAcceptedCredentialIds: credentialIds });
    await signal('signalCurrentUserDetails', { rpId, userId, name, displayName });
  }
}

// ---- The pages: wired by data attributes, with words that the page brings

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function words(...keys) {
  const texts = document.querySelector('template[data-passkey-texts]').content;
  return keys.map((key) => texts.querySelector(`[data-key="${CSS.escape(key)}"]`)?.textContent).find(Boolean) ?? '';
}

function explanation(error, action) {
  const { code, retryAfter } = error;
  if (retryAfter > 0) {
    const [unit, amount] = retryAfter <= 90 ? ['seconds', Math.max(2, retryAfter)] : ['minutes', Math.ceil(retryAfter / 60)];
    const text = words(`error.${code}.${unit}`).replace('{0}', amount);
    if (text) {
      return text;
    }
  }
  return words(`error.${action}.${code}`, `error.${code}`, `error.${action}.unknown`, 'error.unknown');
}

function say(control, { status = '', alert = '' }) {
  const region = control.closest('[data-passkey-region]') ?? document;
  region.querySelector('[data-passkey-status]').textContent = status;
  region.querySelector('[data-passkey-alert]').textContent = alert;
  all('[data-passkey-said]').forEach((said) => (said.hidden = true));
}

function setBusy(control, busy) {
  control.toggleAttribute('data-busy', busy);
  control.setAttribute('aria-disabled', busy);
}

function setFieldError(input, text) {
  document.getElementById(input.dataset.passkeyError).textContent = text;
  input.setAttribute('aria-invalid', !!text);
  if (text) {
    input.focus();
  }
}

/** Leaves a page whose work is done: Back does not lead to it again. */
function go(target) {
  const next = new URL(target, location.href);
  const here = next.pathname === location.pathname && next.search === location.search;
  location.replace(next);
  if (here && next.hash) {
    location.reload(); // a new fragment alone would not load the new list
  }
}

async function perform(control, action, ceremony, destination) {
  if (control.getAttribute('aria-disabled') === 'true') {
    return;
  }
  const input = control.form?.querySelector('[data-passkey-error]');
  setBusy(control, true);
  if (input) {
    setFieldError(input, '');
  }
  say(control, { status: words('status.prompt') });
  try {
    const answer = await ceremony();
    say(control, { status: words('status.done') });
    go(destination(answer)); // still busy: the page is on its way out
  } catch (error) {
    setBusy(control, false);
    say(control, {});
    refuse(control, action, asPasskeyError(error), input);
    autofill();
  }
}

function refuse(control, action, error, input) {
  if (error.code === 'aborted' || error.code === 'busy') {
    return;
  }
  const confirmation = document.body.dataset.passkeyConfirm;
  if (error.code === 'confirmation-required' && confirmation) {
    keepTyped(input);
    location.assign(confirmation);
  } else if (error.code === 'authentication-required') {
    location.assign(`${base()}/logon?notice=expired`);
  } else if (input && ['name-taken', 'invalid-name'].includes(error.code)) {
    setFieldError(input, explanation(error, action));
  } else {
    say(control, { alert: explanation(error, action) });
  }
}

// ---- A name typed before a confirmation was asked for, kept for the way there and back

const TYPED = 'passkey-name';

function keepTyped(input) {
  if (input) {
    sessionStorage.setItem(TYPED, input.value);
  }
}

function restoreTyped() {
  const input = document.querySelector('form[data-passkey-bind] [name=name]');
  if (input) {
    input.value = sessionStorage.getItem(TYPED) ?? input.value;
    sessionStorage.removeItem(TYPED);
  }
}

function wireCeremonies() {
  all('[data-passkey-logon]').forEach((button) => {
    const { username, to } = button.dataset;
    button.addEventListener('click', () => perform(button, 'logon', () => logon({ username, to }), (a) => a.location));
  });
  all('[data-passkey-confirmation]').forEach((button) => {
    const { returnTo } = button.dataset;
    button.addEventListener('click', () => perform(button, 'confirm', () => confirm({ returnTo }), (a) => a.location));
  });
  all('form[data-passkey-bind]').forEach((form) => form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = form.elements.name.value;
    const onward = ({ id }) => form.dataset.passkeyOnward.replace('{id}', id);
    perform(event.submitter ?? form.querySelector('[type=submit]'), 'bind', () => bind({ name }), onward);
  }));
  all('form[data-passkey-autofill]').forEach((form) => autofill({
    to: form.dataset.to,
    onLocation: go,
    onError: (error) => say(form, { alert: explanation(error, 'logon') }),
  }));
}

function wireDialogs() {
  all('[data-passkey-opens]').forEach((opener) => opener.addEventListener('click', (event) => {
    event.preventDefault();
    document.getElementById(opener.dataset.passkeyOpens).showModal();
  }));
  all('dialog').forEach((dialog) => {
    all('[data-passkey-close]', dialog).forEach((closer) => closer.addEventListener('click', (event) => {
      event.preventDefault();
      dialog.close();
    }));
    dialog.addEventListener('close', () => {
      running?.abort();
      document.querySelector(`[data-passkey-opens="${CSS.escape(dialog.id)}"]`)?.focus();
    });
    if (dialog.open) {
      // Made by the server for browsers without script: from here on it is a modal one.
      dialog.removeAttribute('open');
      dialog.showModal();
      history.replaceState(null, '', `${base()}/security`);
    }
  });
}

/** An address ending in a dialog's id opens it, where its button is there to be pressed. */
function openNamedDialog() {
  const id = CSS.escape(location.hash.slice(1));
  document.querySelector(`[data-passkey-opens="${id}"]:not([hidden])`)?.click();
}

function wireList() {
  all('time[datetime]').forEach((time) => {
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
    time.textContent = format.format(new Date(time.dateTime));
  });
  all('[data-passkey-user]').forEach(({ dataset: { passkeyUser: userId, rpId, name, displayName } }) => {
    const credentialIds = all('[data-credential-id]').map((row) => row.dataset.credentialId);
    signalAccepted({ rpId, userId, name, displayName, credentialIds });
  });
}

/** A second click on a form that is under way sends nothing. */
function wireForms() {
  all('form[method=post]').forEach((form) => form.addEventListener('submit', (event) => {
    if (form.hasAttribute('data-sent')) {
      event.preventDefault();
    }
    form.setAttribute('data-sent', '');
  }));
}

/** After Back, a page comes out of the browser's cache as it was left: busy, and with an old offer. */
function revive() {
  running?.abort();
  running = undefined;
  all('[data-busy]').forEach((control) => setBusy(control, false));
  all('form[data-sent]').forEach((form) => form.removeAttribute('data-sent'));
  all('[data-passkey-status]').forEach((status) => (status.textContent = ''));
  autofill();
}

/** What answered a form cannot be had again by Back or Reload; the entry leads to a page that can. */
function wireHistory() {
  const address = document.querySelector('[data-passkey-address]');
  if (address) {
    history.replaceState(null, '', address.href);
  }
}

function wire() {
  const supported = isSupported();
  if (!supported) {
    console.info(`Passkeys: not offered at ${location.origin}; they need https and a host name (or localhost)`);
  }
  all('[data-passkey-needed]').forEach((element) => (element.hidden = !supported));
  all('[data-passkey-unsupported]').forEach((element) => (element.hidden = supported));
  all('[data-passkey-cookies]').forEach((element) => (element.hidden = navigator.cookieEnabled));
  const skip = document.querySelector('[data-passkey-skip]');
  if (skip && !supported) {
    location.replace(skip.dataset.passkeySkip);
    return;
  }
  wireHistory();
  wireForms();
  wireDialogs();
  wireList();
  if (supported) {
    restoreTyped();
    wireCeremonies();
    openNamedDialog();
  }
  document.querySelector('[data-passkey-focus]')?.focus();
  addEventListener('pageshow', (event) => event.persisted && revive());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !(offered?.staleAt > Date.now())) {
      autofill();
    }
  });
}

if (document.querySelector('[data-passkey-base]')) {
  wire();
}
