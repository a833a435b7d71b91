// One picture to the server, in pieces that go on where the line broke. Works in a page and in the service worker.
import { say } from "./words.js";

const PIECE = 262_144; // bytes
const PATIENCE = 60_000; // ms for one piece; then the line counts as broken


/** What went wrong: `final` is not worth another try, `signedOut` wants a sign-in first. */
export class NotSent extends Error {
  constructor(message, { final = false, signedOut = false, token = false } = {}) {
    super(message);
    Object.assign(this, { final, signedOut, token });
  }
}

/** Send the blob; resolves to what the server knows of the picture. `url` ends with the hash and a slash. */
export async function send({ url, blob, name, token, onProgress = () => {} }) {
  let offset = 0, lost = 0;
  if (blob.size > PIECE) offset = (await ask(url, { method: "GET" }, token)).offset || 0;
  for (;;) {
    const start = Math.min(offset, Math.max(0, blob.size - 1)), end = Math.min(blob.size, start + PIECE);
    onProgress(100 * start / blob.size);
    const answer = await ask(`${url}?name=${encodeURIComponent(name.slice(0, 100))}`, {
      method: "PUT", body: blob.slice(start, end),
      headers: { "Content-Type": "application/octet-stream", "Content-Range": `bytes ${start}-${end - 1}/${blob.size}` },
    }, token);
    if (answer.here) { onProgress(100); return answer; }
    if (answer.misplaced && (lost += 1) > 3) throw new NotSent(say("ส่งภาพไม่ได้ ลองใหม่อีกครั้ง", "Not sent. Try again"));
    offset = answer.offset ?? 0;
  }
}

async function ask(url, options, token) {
  const answer = await reach(url, options, token);
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) return data;
  if (answer.status === 409 && Number.isInteger(data.offset)) return { offset: data.offset, misplaced: true };
  if (answer.status === 401) throw new NotSent(say("ออกจากระบบแล้ว เข้าสู่ระบบแล้วภาพจะส่งต่อเอง", "Signed out. Sign in and it goes on"), { signedOut: true });
  if (answer.status === 403 && !data.error) throw new NotSent(say("หน้านี้เปิดไว้นานเกินไป กดส่งอีกครั้ง", "This page was open too long. Send again"), { token: true });
  if (answer.status >= 500 || answer.status === 429 || answer.status === 409) throw new NotSent(data.error || say("ระบบไม่ตอบ", "No answer"));
  throw new NotSent(data.error || say("ส่งภาพนี้ไม่ได้ เลือกภาพอื่น", "This picture cannot be sent"), { final: true });
}

async function reach(url, options, token) {
  try {
    return await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...options, headers: { "X-CSRFToken": token, Accept: "application/json", ...options.headers } });
  } catch { throw new NotSent(say("สัญญาณขาด", "No signal")); }
}

/** The whole file in one form, for pages that cannot name it by its content (plain http). */
export async function sendWhole({ url, blob, name, token }) {
  const body = new FormData();
  body.append("file", blob, name);
  return ask(url, { method: "POST", body }, token);
}
