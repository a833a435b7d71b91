// What waits on this device goes to the server: photos first, those that are missing there; then the record. Page or worker, one at a time.
import { alone, lockOfRecord } from "./locks.js";
import * as store from "./store.js";
import { NotSent, send as sendPhoto } from "./upload.js";
import { say } from "./words.js";

const QUEUE = "jitasa-queue", PATIENCE = 60_000, AT_ONCE = 2;
export const CHANNEL = "jitasa-queue", WAITING = ["waiting", "sending", "draft"];

/** Everybody who shows the queue looks again. */
export function tell() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Who is signed in now, with a fresh token; rejects without a signal. */
export async function whoIsHere() {
  const answer = await fetch("/accounts/token/", { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new NotSent("token");
  return answer.json();
}

/** Send what waits; resolves to "done", "offline", "signed_out", "other" or "busy" (somebody else is at it). */
export const sendAll = () => alone(QUEUE, run, "busy");

async function run() {
  let here;
  try { here = await whoIsHere(); } catch { return "offline"; }
  if (!here.signed_in) return "signed_out";
  const person = await store.readThing("who");
  if (person?.username !== here.username) return "other"; // drafts of another person wait for her
  const rows = (await store.recordsOf(person.id)).filter((row) => WAITING.includes(row.state)).sort((one, other) => one.at - other.at);
  for (const row of rows) {
    const outcome = await alone(lockOfRecord(row.key), () => sendOne(row.key, here.token), "open");
    tell();
    if (["offline", "signed_out"].includes(outcome)) return outcome;
  }
  return "done";
}

async function sendOne(key, token) {
  const row = await store.readRecord(key);
  if (!row || !WAITING.includes(row.state)) return "gone";
  const before = row.state;
  try {
    await sendPhotos(row, token);
    return await sendRecord(row, token);
  } catch (problem) {
    if (problem instanceof NotSent && problem.final) return mend(row, { error: problem.message });
    await store.changeRecord(key, { state: before === "sending" ? "waiting" : before });
    return problem.signedOut ? "signed_out" : "offline";
  }
}

async function progress(key, photo, of) {
  await store.changeRecord(key, { state: "sending", progress: { photo, of } });
  tell();
}

/** The photos that the server lacks, by their hash, two at a time. */
async function sendPhotos(row, token) {
  const kept = new Map((await store.photosOf(row.key)).map((photo) => [photo.sha256, photo]));
  if (!row.photos.length) return;
  const missing = await missingThere(row.photos, token);
  const lost = missing.filter((sha) => !kept.has(sha));
  if (lost.length) throw new NotSent(say(`ภาพ ${lost.length} ภาพไม่อยู่ในเครื่องนี้แล้ว เปิดรายการแล้วเลือกภาพนั้นใหม่`, `${lost.length} pictures are no longer on this device. Open the record and choose them again`), { final: true });
  let done = row.photos.length - missing.length;
  await progress(row.key, Math.min(done + 1, row.photos.length), row.photos.length);
  const waiting = [...missing];
  const worker = async () => {
    for (let sha = waiting.shift(); sha; sha = waiting.shift()) {
      const { blob, name } = kept.get(sha);
      await sendPhoto({ url: `/work/photos/${sha}/`, blob, name, token });
      await store.photoArrived(row.key, sha);
      done += 1;
      await progress(row.key, Math.min(done + 1, row.photos.length), row.photos.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function missingThere(shas, token) {
  const answer = await reach("/work/photos/missing/", { body: JSON.stringify({ sha256: shas }), headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
  if (!answer.ok) throw notTaken(answer);
  return (await answer.json()).missing;
}

async function sendRecord(row, token) {
  const body = new URLSearchParams();
  for (const [name, value] of row.fields) if (name !== "photo") body.append(name, value);
  for (const sha of row.photos) body.append("photo", sha);
  body.append("action", row.action);
  const answer = await reach(`/work/activities/${row.uuid}/send/`, { body, headers: { "X-CSRFToken": token } });
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) {
    if (data.sent) await store.recordSent(row.key, { number: data.number, status: data.status, url: data.url, title: titleOf(row) });
    else await store.dropRecord(row.key);
    return "ok";
  }
  if (data.error && [403, 404, 409, 422].includes(answer.status) && data.code !== "other_person") return mend(row, data);
  throw notTaken(answer);
}

async function mend(row, { error, url, code = "" }) {
  const place = url || `/work/activities/${row.uuid}/edit/`;
  await store.changeRecord(row.key, { state: "mend", error, code, url: place.endsWith("/edit/") ? `${place}#kept=${row.key}` : place });
  return "mend";
}

async function reach(url, options) {
  try {
    return await fetch(url, { method: "POST", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch { throw new NotSent("offline"); }
}

const notTaken = (answer) => new NotSent(`${answer.status}`, { signedOut: answer.status === 401 });

export const titleOf = (row) => row.title || row.fields.find(([name]) => name === "name")?.[1] || "";
