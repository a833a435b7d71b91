// Versions before the field client kept texts in localStorage, and removed them by the clock. They come along, whatever the clock says.
import { putRecord, readRecord } from "./store.js";

const PREFIX = "jitasa-record:";

export async function bringOverOldCopies() {
  const keys = Array.from({ length: localStorage.length }, (_none, index) => localStorage.key(index)).filter((key) => key?.startsWith(PREFIX));
  for (const old of keys) {
    const row = read(old);
    if (row) await bringOver(old.slice(PREFIX.length), row);
    localStorage.removeItem(old); // only now: the device has it elsewhere, or it could not be read
  }
}

function read(key) {
  try {
    const row = JSON.parse(localStorage.getItem(key));
    return Array.isArray(row?.fields) ? row : null;
  } catch { return null; }
}

async function bringOver(uuid, { writer, at, path, fields }) {
  const key = await readRecord(uuid) ? `${uuid}~old` : uuid;
  const photos = fields.filter(([name]) => name === "photo").map(([, sha]) => sha);
  await putRecord({ key, uuid, person: String(writer), username: "", fields, photos, state: "draft", action: "save", at, path });
}
