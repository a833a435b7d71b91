// What a page's own modules need to talk to the server.

/** The safety token every POST must carry. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
}

/** The texts of a form as the server reads them fastest; files have no place in it. */
export function urlencoded(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

/** POST a body (or nothing) with the safety token; resolves to the Response, rejects when offline. */
export function post(url, body, options = {}) {
  return fetch(url, { method: "POST", body, credentials: "same-origin", ...options, headers: { "X-CSRFToken": csrfToken(), ...options.headers } });
}
