// The recording page without a signal: the page is everybody's, this puts in whose it is now.
import { fetchDesk } from "../activities/device/field.js";
import { whoIsHere } from "../activities/device/queue.js";
import { dropThing, readThing } from "../activities/device/store.js";
import { startRecord } from "../activities/record/start.js";
import { words } from "../activities/record/state.js";
import { fillIn, newUuid } from "./fill.js";
import { startKeptOffers } from "./offers.js";
import { showShared } from "./inbox.js";
import { startJoint } from "./joint.js";

const query = new URLSearchParams(location.search);
const form = document.querySelector("#record");
let isHere = false; // the server said that somebody is signed in

/** Who records here: the one this device knows, else the one who is signed in. */
async function known() {
  const who = await readThing("who").catch(() => null);
  const desk = who && await readThing(`desk:${who.id}`).catch(() => null);
  if (who?.unsure) return ask(null); // somebody has signed in since
  return desk || await ask(null);
}

/** What the server says; nobody stays known who is not signed in. Without a signal `otherwise` holds. */
async function ask(otherwise) {
  let here;
  try { here = await whoIsHere(); } catch { return otherwise; }
  isHere = here.signed_in;
  if (isHere) takeToken(here.token);
  if (here.signed_in && otherwise?.person.username === here.username) return otherwise;
  if (!here.signed_in) { await dropThing("who"); return null; }
  return fetchDesk(form.dataset.desk);
}

/** Everybody's page bears no safety token: the one the server gives now. */
function takeToken(token) {
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
}

function sayWhy() {
  const note = document.querySelector("#away");
  const shared = { none: ["ไม่มีภาพที่รับได้ในสิ่งที่แชร์มา ถ้าเพิ่งติดตั้ง ให้เปิดหน้านี้ขณะมีสัญญาณหนึ่งครั้งแล้วแชร์ใหม่", "Nothing in what was shared could be taken. If the app is new, open this page once with a signal and share again"], large: ["แชร์ได้ครั้งละไม่เกิน 20 ภาพ ภาพละไม่เกิน 25 เมกะไบต์", "At most 20 pictures at once, of at most 25 MB each"], full: ["ที่เก็บของเครื่องเต็ม ยังไม่ได้รับภาพที่แชร์มา ลบของที่ไม่ใช้แล้วแชร์ใหม่", "This device is full: the shared pictures were not taken"], nobody: ["เข้าสู่ระบบก่อน แล้วแชร์ภาพอีกครั้ง", "Sign in first, then share again"] }[query.get("share")];
  const text = query.has("away") ? words("ยังไม่มีสัญญาณ หน้าที่ขอเปิดไม่ได้ แต่บันทึกกิจกรรมได้ ระบบจะส่งเองเมื่อมีสัญญาณ", "No signal: that page cannot be shown, but you can record; it is sent by itself when there is a signal") : shared && words(...shared);
  note.hidden = !text;
  note.textContent = text || "";
}

/** Asked once it is known who records: now, or when htmx comes. */
function propose() {
  if (globalThis.htmx) globalThis.htmx.trigger("#proposals", "facts");
  else document.querySelector("#proposals").setAttribute("hx-trigger", "load, facts");
}

async function begin() {
  sayWhy();
  const desk = await known();
  document.querySelector("#nobody").hidden = Boolean(desk) || isHere;
  document.querySelector("#reader").hidden = Boolean(desk) || !isHere;
  if (!desk) return;
  const draft = query.get("draft");
  const uuid = /^[0-9a-f-]{36}$/.test(draft || "") ? draft : newUuid();
  if (!draft) history.replaceState(null, "", `${location.pathname}?draft=${uuid}${location.hash}`); // opened again it is the same record
  fillIn(form, desk, uuid);
  document.querySelector("#recorder").hidden = false;
  const photos = await startRecord(form);
  startKeptOffers(form, desk.earlier);
  startJoint(form, desk.joint);
  await showShared(desk.person.id, photos);
  const now = await ask(desk);
  if (now === null || now.person.id !== desk.person.id) return location.reload(); // somebody else, or nobody: what was typed waits for its writer
  propose();
  if (navigator.onLine) fetchDesk(form.dataset.desk).catch(() => {});
}

await begin();
