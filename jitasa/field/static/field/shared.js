// Pictures shared into the app (LINE, the gallery) wait here until the person says that they belong to a record.
import { isFull, putThing, readThing } from "../activities/device/store.js";

const to = (state) => Response.redirect(`/field/?share=${state}`, 303);

/** Answer the phone's share sheet. What is too much, too large or no picture is not taken. */
export async function takeShared(request, { most, bytes }) {
  const who = await readThing("who").catch(() => null);
  if (!who) return to("nobody");
  const length = Number(request.headers.get("Content-Length") || 0);
  if (length > most * bytes) return to("large");
  const data = await request.formData().catch(() => null);
  const files = (data?.getAll("photos") || []).filter((file) => file instanceof File && file.size && (file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name)));
  if (!files.length) return to("none");
  if (files.length > most || files.some((file) => file.size > bytes)) return to("large");
  try {
    await putThing(`shared:${who.id}`, files.map((file) => ({ name: file.name, blob: new Blob([file], { type: file.type }) })));
  } catch (problem) { return to(isFull(problem) ? "full" : "none"); }
  return to("1");
}
