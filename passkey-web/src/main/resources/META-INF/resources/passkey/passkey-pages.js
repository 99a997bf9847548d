/** Our own pages: wired by data attributes, with words that the page brings. Not for pages of an application. */
import {
  autofill, base, bind, bindByPass, bindSecondFactor, cancel, confirm, describe, isSupported, leaveFor, logon,
  PasskeyError, secondFactor, signalAccepted, upgrade,
} from './passkey.js';

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const texts = Object.fromEntries(
  all('[data-key]', document.querySelector('template[data-passkey-texts]').content)
    .map((text) => [text.dataset.key, text.textContent]),
);

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

async function perform(control, action, ceremony, destination) {
  if (control.getAttribute('aria-disabled') === 'true') {
    return;
  }
  const input = control.form?.querySelector('[data-passkey-error]');
  setBusy(control, true);
  if (input) {
    setFieldError(input, '');
  }
  say(control, { status: texts['status.prompt'] });
  try {
    const answer = await ceremony();
    say(control, { status: texts['status.done'] });
    leaveFor(destination(answer)); // still busy: the page is on its way out
  } catch (error) {
    setBusy(control, false);
    say(control, {});
    refuse(control, action, error instanceof PasskeyError ? error : new PasskeyError('unknown', { cause: error }), input);
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
    logOnAgain(input);
  } else if (input && ['name-taken', 'invalid-name'].includes(error.code)) {
    setFieldError(input, describe(error, texts, action));
  } else {
    say(control, { alert: describe(error, texts, action) });
  }
}

// ---- A session that ended while a page was open

const ENDED = 'passkey-session-ended';

/** Asks for this page once more: the server answers with the logon page, and a way back that is sealed now. */
function logOnAgain(input) {
  const { passkeyAccount, passkeyHere } = document.body.dataset;
  if (passkeyAccount) {
    keepTyped(input, input?.closest('dialog')?.id);
    sessionStorage.setItem(ENDED, 'true');
    location.assign(passkeyHere || location.pathname + location.search);
    return;
  }
  const again = document.querySelector('[data-passkey-again]')?.href; // of a logon that was half done
  location.assign(again ?? `${base()}/logon?notice=expired`);
}

function tellEnded() {
  const text = document.querySelector('[data-passkey-ended]');
  if (text) {
    text.hidden = !sessionStorage.getItem(ENDED);
  }
  sessionStorage.removeItem(ENDED);
}

// ---- A name typed before a confirmation or a logon was asked for, kept for the way there and back

const TYPED = 'passkey-name';

/** The address that a confirmation leads back to opens its dialog; after a logon the dialog must be kept as well. */
function keepTyped(input, dialog) {
  if (input) {
    const { passkeyAccount: account } = document.body.dataset;
    sessionStorage.setItem(TYPED, JSON.stringify({ account, name: input.value, dialog }));
  }
}

function restoreTyped() {
  const input = document.querySelector('form[data-passkey-bind] [name=name]');
  if (!input) {
    return; // the confirmation or the logon, on the way back here
  }
  const kept = JSON.parse(sessionStorage.getItem(TYPED) ?? '{}');
  sessionStorage.removeItem(TYPED);
  if (kept.account === document.body.dataset.passkeyAccount) {
    input.value = kept.name ?? input.value;
    openDialog(kept.dialog ?? '');
  }
}

// ---- A whole form, kept likewise; what it was made from must not have changed meanwhile

const FORM = 'passkey-form';

function keepForms() {
  all('form[data-passkey-keep]').forEach((form) => form.addEventListener('submit', () => {
    sessionStorage.setItem(FORM, JSON.stringify(Object.fromEntries(new FormData(form))));
  }));
}

function restoreForm() {
  const form = document.querySelector('form[data-passkey-keep]');
  if (!form) {
    return; // the confirmation, on the way back here
  }
  const kept = JSON.parse(sessionStorage.getItem(FORM) ?? '{}');
  sessionStorage.removeItem(FORM);
  if (!location.search.endsWith('=again') || kept.version !== form.elements.version.value) {
    return;
  }
  [...form.elements].filter((field) => field.name).forEach((field) => {
    if (field.type === 'checkbox') {
      field.checked = field.name in kept;
    } else {
      field.value = kept[field.name] ?? field.value;
    }
  });
}

function wireCeremonies() {
  all('[data-passkey-logon]').forEach((button) => {
    const { username, to } = button.dataset;
    button.addEventListener('click', () => perform(button, 'logon', () => logon({ username, to }), (a) => a.location));
  });
  all('[data-passkey-confirmation]').forEach((button) => {
    const proof = { returnTo: button.dataset.returnTo, proofFor: button.dataset.for };
    button.addEventListener('click', () => perform(button, 'confirm', () => confirm(proof), (a) => a.location));
  });
  all('[data-passkey-second-factor]').forEach((button) => {
    const { to } = button.dataset;
    button.addEventListener('click', () => perform(button, 'second-factor', () => secondFactor({ to }), (a) => a.location));
  });
  all('form[data-passkey-bind]').forEach((form) => form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wish = { name: form.elements.name.value, use: form.elements.use?.value };
    const { to, passkeyOnward } = form.dataset;
    const bindHere = form.dataset.passkeyBind === 'reset' ? bindByPass : bind;
    const [ceremony, onward] = passkeyOnward
      ? [() => bindHere(wish), ({ id }) => passkeyOnward.replace('{id}', id)]
      : [() => bindSecondFactor({ ...wish, to }), (answer) => answer.location];
    perform(event.submitter ?? form.querySelector('[type=submit]'), 'bind', ceremony, onward);
  }));
  all('form[data-passkey-autofill]').forEach((form) => autofill({
    to: form.dataset.to,
    onSuccess: (answer) => leaveFor(answer.location),
    onError: (error) => say(form, { alert: describe(error, texts) }),
  }));
}

/** The pause after a password logon: on at once unless the browser makes a passkey, which the user is told. */
function wireUpgrade() {
  all('[data-passkey-upgrade]').forEach(async (pause) => {
    if (!(await upgrade())) {
      leaveFor(pause.dataset.passkeyUpgrade);
      return;
    }
    const made = document.querySelector('[data-passkey-upgraded]');
    pause.hidden = true;
    made.hidden = false;
    made.querySelector('h1').focus();
    document.title = document.title.replace(pause.querySelector('h1').textContent, made.querySelector('h1').textContent);
  });
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
      cancel();
      const id = CSS.escape(dialog.id);
      document.querySelector(`[data-passkey-opens="${id}"], #to-${id}`)?.focus();
    });
    if (dialog.open) {
      // Made by the server for browsers without script: from here on it is a modal one.
      dialog.removeAttribute('open');
      dialog.showModal();
      (dialog.querySelector('[aria-invalid="true"]') ?? dialog.querySelector('.said.alert[tabindex]'))?.focus();
      history.replaceState(null, '', dialog.dataset.passkeyAddress ?? `${base()}/security`);
    }
  });
}

/** Opens a dialog as its button does, where that is there to be pressed. */
function openDialog(id) {
  if (!document.querySelector('dialog[open]')) {
    document.querySelector(`[data-passkey-opens="${CSS.escape(id)}"]:not([hidden])`)?.click();
  }
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

/** A text that is to be passed on, without a script there to be selected. */
function wireCopies() {
  all('[data-passkey-copies]').forEach((button) => {
    const field = document.getElementById(button.dataset.passkeyCopies);
    field.addEventListener('focus', () => field.select());
    button.hidden = !navigator.clipboard;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(field.value);
      say(button, { status: button.dataset.passkeyCopied });
    });
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

/** After Back, a page comes out of the browser's cache as it was left: busy. */
function revive() {
  cancel();
  all('[data-busy]').forEach((control) => setBusy(control, false));
  all('form[data-sent]').forEach((form) => form.removeAttribute('data-sent'));
  all('[data-passkey-status]').forEach((status) => (status.textContent = ''));
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
  tellEnded();
  restoreForm();
  keepForms();
  wireHistory();
  wireForms();
  wireDialogs();
  wireList();
  wireCopies();
  if (supported) {
    wireCeremonies();
    restoreTyped();
    openDialog(location.hash.slice(1)); // an address that ends in a dialog's id opens it
  }
  wireUpgrade();
  document.querySelector('[data-passkey-focus]')?.focus();
  addEventListener('pageshow', (event) => event.persisted && revive());
}

wire();
