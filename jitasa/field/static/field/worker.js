// The service worker: static files and the one page that is the same for everybody; never a page with somebody's data.
import { sendAll, whoIsHere } from "../activities/device/queue.js";
import { dropThing, putThing, readThing } from "../activities/device/store.js";
import { speak } from "../activities/device/words.js";
import { takeShared } from "./shared.js";

const PREFIX = "jitasa-", PATIENCE = 8000; // ms for a page before the one kept here takes its place
const RECORDING = /^\/work\/activities\/(?:new|([0-9a-f-]{36})\/edit)\/$/;
const ACCOUNTS = "/accounts/", LOGOUT = "/accounts/logout/", SHARE = "/field/share/";

/** `told`: version and files of this set, where files stand, the pages kept, limits of what is shared. */
export function start(told) {
  const name = PREFIX + told.version, files = new Set(told.files);
  self.addEventListener("install", (event) => {
    // Where the browser can, it takes files from the set by itself and wakes no worker for each of them.
    event.addRoutes?.({ condition: { urlPattern: new URLPattern({ pathname: `${told.root}*` }) }, source: { cacheName: name } });
    event.waitUntil(fill(name, told).then(() => self.skipWaiting()));
  });
  self.addEventListener("activate", (event) => event.waitUntil(tidy(name).then(() => self.clients.claim())));
  self.addEventListener("sync", (event) => { if (event.tag === "jitasa-send") event.waitUntil(send()); });
  self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (url.origin !== self.location.origin) return;
    const answer = answerFor(event, url, { name, files, told });
    if (answer) event.respondWith(answer);
  });
}

function answerFor(event, url, { name, files, told }) {
  const { request } = event;
  if (request.method === "POST") {
    if (url.pathname === LOGOUT) event.waitUntil(forget());
    else if (url.pathname.startsWith(ACCOUNTS)) event.waitUntil(doubt());
    if (url.pathname === SHARE) return takeShared(request, told.share);
    return request.mode === "navigate" && RECORDING.test(url.pathname) ? fetch(request).catch(() => to("/field/?away=1")) : null;
  }
  if (request.method !== "GET") return null;
  if (files.has(url.pathname)) return kept(name, url.pathname).then((found) => found || fetch(request));
  if (request.mode !== "navigate") return null;
  if (told.pages.includes(url.pathname)) return page(event, name, url, told.version);
  if (!url.pathname.startsWith("/work/") && url.pathname !== "/") return null;
  event.waitUntil(settle());
  return reach(request, RECORDING.test(url.pathname)).catch(() => standIn(url));
}

let opened = null; // the set's store: opening it for each of sixty files takes a second on a slow telephone
const kept = async (name, path) => (await (opened ??= caches.open(name))).match(path);
const to = (address) => Response.redirect(address, 303);

/** The set is whole or not there at all. Files whose names hold their content come from the browser's own store. */
async function fill(name, { files, pages }) {
  const cache = await caches.open(name);
  await Promise.all([cache.addAll(files), cache.addAll(pages.map((each) => new Request(each, { credentials: "omit", cache: "reload" })))]);
}

/** The set before this one stays: pages that are open may still ask for its files. */
async function tidy(name) {
  const old = (await caches.keys()).filter((each) => each.startsWith(PREFIX) && each !== name);
  await Promise.all(old.slice(0, -1).map((each) => caches.delete(each)));
}

/** From here at once; fetched anew beside, if it is still of this set. Nobody's data is in it. */
async function page(event, name, url, version) {
  const found = await kept(name, url.pathname);
  const fresh = fetch(url.pathname, { credentials: "omit", cache: "no-cache" }).then(async (answer) => {
    if (answer.ok && answer.headers.get("X-Field-Version") === version) await (await caches.open(name)).put(url.pathname, answer.clone());
    return answer;
  });
  if (!found) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return found;
}

/** From the network; the recording page is not waited for without end. */
function reach(request, soon) {
  if (!soon) return fetch(request);
  return Promise.race([fetch(request), new Promise((_resolve, reject) => { setTimeout(() => reject(new Error("slow")), PATIENCE); })]);
}

/** No network: the recording page kept here; anywhere else it says so. */
async function standIn(url) {
  const who = await readThing("who").catch(() => null);
  const place = who?.language === "en" ? "/en/field/" : "/field/";
  const match = RECORDING.exec(url.pathname);
  if (!match) return to(`${place}?away=1`);
  return to(match[1] ? `${place}?draft=${match[1]}` : `${place}?new=1`);
}

/** Signed out: whose device this is is forgotten, with what her office lent it. Her drafts wait for her. */
async function forget() {
  const who = await readThing("who").catch(() => null);
  await dropThing("who").catch(() => {});
  if (who) await dropThing(`desk:${who.id}`).catch(() => {});
}

/** Somebody signs in: until the server has said who, nothing of the one before is shown. */
async function doubt() {
  const who = await readThing("who").catch(() => null);
  if (who) await putThing("who", { ...who, unsure: true });
}

async function settle() {
  const who = await readThing("who").catch(() => null);
  if (!who?.unsure) return;
  const here = await whoIsHere().catch(() => null);
  if (here?.signed_in && here.username === who.username) await putThing("who", { ...who, unsure: false });
  else if (here) await forget();
}

async function send() {
  speak((await readThing("who").catch(() => null))?.language);
  const outcome = await sendAll();
  if (outcome === "offline") throw new Error("offline"); // the browser tries again
}
