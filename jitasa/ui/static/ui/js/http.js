// What a page's own modules need to talk to the server.

/** The safety token every POST must carry. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
}

/** POST a FormData (or nothing) with the safety token; resolves to the Response, rejects when offline. */
export function post(url, body, options = {}) {
  return fetch(url, { method: "POST", body, credentials: "same-origin", ...options, headers: { "X-CSRFToken": csrfToken(), ...options.headers } });
}
