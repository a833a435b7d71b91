// Passkeys without inline script: options stand in the form's data-options, or at data-options-url.
// data-passkey is "create" or "get"; the answer goes into the field named by data-field and the form is sent.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const each = (list) => (list || []).map((item) => ({ ...item, id: bytes(item.id) }));

function readable(options) {
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = each(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = each(options.allowCredentials);
  return ready;
}

function writable(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return answer.json();
}

async function use(form, button) {
  const error = form.querySelector("[data-passkey-error]");
  error.hidden = true;
  button.setAttribute("aria-busy", "true");
  try {
    const publicKey = readable(await optionsOf(form));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements[form.dataset.field].value = JSON.stringify(writable(credential));
    const other = form.dataset.without && form.elements[form.dataset.without];
    if (other) other.disabled = true;
    form.submit(); // not requestSubmit: the code beside it need not be filled in
  } catch {
    error.textContent = form.dataset.failed;
    error.hidden = false;
    button.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  if (window.PublicKeyCredential && window.isSecureContext) {
    button.hidden = false;
    button.addEventListener("click", () => use(form, button));
  } else {
    form.querySelector("[data-passkey-none]")?.removeAttribute("hidden");
  }
}
