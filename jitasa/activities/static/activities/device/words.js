// Which language: of the page, or what the page has told the service worker.
let told = null;

export const english = () => told ?? globalThis.document?.documentElement.lang === "en";
export const speak = (language) => { told = language === "en"; };
export const say = (thai, other) => (english() ? other : thai);
