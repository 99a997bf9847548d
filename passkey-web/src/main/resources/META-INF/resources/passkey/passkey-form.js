/**
 * A login form of the application's own learns passkeys: autofill in its user name field and a button. Wired by each
 * script element that carries data-passkey-form; what else it carries says how, written by the server:
 *
 *   data-passkey-base    where the endpoints are, such as /intranet/passkey
 *   data-passkey-form    "button", or "autofill" for no button
 *   data-passkey-mode    "session": a passkey logs on and leads on; "ticket": it fills in and sends the form
 *   data-passkey-label, data-passkey-class, data-passkey-lang, data-passkey-dir, data-passkey-texts   of the button, and what it may say
 *
 * The form is the one around the script, else one with data-passkey-login, else one that posts to j_security_check, else
 * that of the field with autocomplete="webauthn": a form that begins in a table is not around what stands in it. On it the events passkey:success and passkey:error are fired; whoever prevents their default takes over what follows.
 */
import {
  autofill, cancel, describe, isOwnAddress, isSupported, leaveFor, logon, PasskeyError, ticket,
} from './passkey.js';

const TEXT_LIKE = new Set(['text', 'email', 'tel']);

/** A property of a form itself: an input called "action" or "elements" would hide it. */
const own = (form, name) => Reflect.get(HTMLFormElement.prototype, name, form);

const postsToContainer = (form) => /\/?j_security_check([;?#]|$)/.test(form.getAttribute('action') ?? '');

function formOf(script) {
  return script.closest('form')
    ?? document.querySelector('form[data-passkey-login]')
    ?? [...document.forms].find(postsToContainer)
    ?? document.querySelector('input[autocomplete~="webauthn"]')?.form;
}

/** The password field and the user name field before it. With a second or a new password it is no login form. */
function fieldsOf(form) {
  const inputs = [...own(form, 'elements')].filter((element) => element instanceof HTMLInputElement);
  const passwords = inputs.filter((input) => input.type === 'password');
  if (passwords.length > 1 || passwords.some((input) => input.autocomplete.split(' ').includes('new-password'))) {
    return undefined;
  }
  const password = inputs.find((input) => input.name === 'j_password') ?? passwords[0];
  const before = inputs.slice(0, inputs.indexOf(password));
  const username = inputs.find((input) => input.name === 'j_username')
    ?? before.reverse().find((input) => input.name && TEXT_LIKE.has(input.type));
  return password?.name && username ? { username, password } : undefined;
}

// ---- What the user sees

function element(name, attributes) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => value && made.setAttribute(key, value));
  return made;
}

/** The button and the two places where the script speaks, right where the script stands. */
function show(script, form) {
  const { passkeyForm, passkeyLabel, passkeyClass, passkeyLang, passkeyDir } = script.dataset;
  const area = element('div', { class: 'passkey-logon-area', lang: passkeyLang, dir: passkeyDir });
  const button = element('button', { type: 'button', class: passkeyClass || 'passkey-logon' });
  button.textContent = passkeyLabel;
  const status = element('div', { class: 'passkey-status', role: 'status' });
  const alert = element('div', { class: 'passkey-alert', role: 'alert' });
  area.append(...(passkeyForm === 'button' ? [button] : []), status, alert);
  const table = script.parentElement?.closest('table, tbody, tr') && script.closest('table');
  if (table) {
    table.after(area); // a block has no place between rows
  } else if (form.contains(script)) {
    script.after(area);
  } else {
    form.append(area);
  }
  return { button, status, alert };
}

// ---- What follows a passkey

/**
 * Sends what the form would send, with the name and the ticket in their fields, from a form of its own: no password
 * manager sees a password that it would want to keep, and no handler of the page changes the ticket. It goes to nobody but
 * the page's own origin.
 */
function send(form, { username, password }, answer) {
  if (!isOwnAddress(form.getAttribute('action') ?? '', document.baseURI)) {
    throw new PasskeyError('wrong-site');
  }
  const copy = element('form', {
    action: form.getAttribute('action'),
    method: 'post',
    enctype: form.getAttribute('enctype'),
    target: form.getAttribute('target'),
    'accept-charset': form.getAttribute('accept-charset'),
    'data-passkey-sent': 'true',
  });
  copy.hidden = true;
  const add = (name, value) => {
    const input = element('input', { type: 'hidden', name });
    input.value = value;
    copy.append(input);
  };
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && name !== username.name && name !== password.name) {
      add(name, value);
    }
  }
  add(username.name, answer.username);
  add(password.name, answer.ticket);
  document.body.append(copy);
  HTMLFormElement.prototype.submit.call(copy);
}

// ---- The form

class LoginForm {
  #form;
  #fields;
  #asTicket;
  #texts;
  #shown;

  constructor(script, form, fields) {
    this.#form = form;
    this.#fields = fields;
    this.#asTicket = script.dataset.passkeyMode === 'ticket';
    this.#texts = JSON.parse(script.dataset.passkeyTexts || '{}');
    this.#shown = show(script, form);
    if (!fields.username.autocomplete.split(' ').includes('webauthn')) {
      fields.username.setAttribute('autocomplete', 'username webauthn');
    }
    this.#shown.button.addEventListener('click', () => this.#logOn());
    addEventListener('pageshow', (event) => event.persisted && this.#revive());
  }

  /** The sealed way back, which our challenge put into the address. */
  get #to() {
    return new URLSearchParams(location.search).get('to') ?? undefined;
  }

  offer() {
    autofill({
      to: this.#asTicket ? undefined : this.#to,
      asTicket: this.#asTicket,
      onSuccess: (answer) => this.#succeed(answer),
      onError: (error) => this.#fail(error),
    });
  }

  async #logOn() {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    this.#say({ status: this.#texts['status.prompt'] });
    const username = this.#fields.username.value.trim();
    try {
      this.#succeed(await (this.#asTicket ? ticket({ username }) : logon({ username, to: this.#to })));
    } catch (error) {
      this.#busy = false;
      this.#say({});
      this.#fail(error instanceof PasskeyError ? error : new PasskeyError('unknown', { cause: error }));
      autofill();
    }
  }

  /** On the way out: still busy. */
  #succeed(answer) {
    this.#say({ status: this.#texts['status.done'] });
    const detail = this.#asTicket ? { code: 'ok', username: answer.username } : { code: 'ok', location: answer.location };
    if (!this.#tell('passkey:success', detail)) {
      this.#busy = false;
    } else if (this.#asTicket) {
      send(this.#form, this.#fields, answer);
    } else {
      leaveFor(answer.location);
    }
  }

  #fail(error) {
    const { code, status, retryAfter } = error;
    if (code !== 'aborted' && code !== 'busy' && this.#tell('passkey:error', { code, status, retryAfter })) {
      this.#say({ alert: describe(error, this.#texts) });
    }
  }

  #tell(type, detail) {
    return this.#form.dispatchEvent(new CustomEvent(type, { bubbles: true, cancelable: true, detail }));
  }

  get #busy() {
    return this.#shown.button.getAttribute('aria-disabled') === 'true';
  }

  set #busy(busy) {
    this.#shown.button.setAttribute('aria-disabled', busy);
  }

  #say({ status = '', alert = '' }) {
    this.#shown.status.textContent = status;
    this.#shown.alert.textContent = alert;
  }

  /** After Back the page comes out of the browser's cache as it was left: busy, and with a ticket that is spent. */
  #revive() {
    cancel();
    document.querySelectorAll('form[data-passkey-sent]').forEach((copy) => copy.remove());
    this.#busy = false;
    this.#say({});
  }
}

function wire() {
  const wired = new Map();
  for (const script of document.querySelectorAll('script[data-passkey-form]')) {
    const form = formOf(script);
    const fields = form && !wired.has(form) && fieldsOf(form);
    if (fields) {
      wired.set(form, new LoginForm(script, form, fields));
    } else if (!form) {
      console.info('Passkeys: not offered; the page has no login form that the script could find');
    }
  }
  // A browser has one offer a page: the first form's.
  wired.values().next().value?.offer();
}

if (isSupported()) {
  wire();
} else {
  console.info(`Passkeys: not offered at ${location.origin}; they need https and a host name (or localhost)`);
}
