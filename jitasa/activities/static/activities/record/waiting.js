// A record is not sent while a chosen photo has not arrived, unless the clerk says so.
import { say, words } from "./state.js";

/** Wait for the photos; resolves to whether the record may go: all are there, or the clerk leaves the others out. */
export async function photosThere(photos) {
  for (;;) {
    photos.hurry();
    tellWaiting(photos);
    await photos.settled();
    const left = photos.unarrived;
    if (!left.length) return true;
    const answer = await ask(left.length);
    if (answer === "without") {
      for (const tile of left) { tile.element.remove(); photos.remove(tile); }
      photos.changed();
      return true;
    }
    if (answer !== "again") return false;
  }
}

function tellWaiting(photos) {
  const left = photos.unarrived.length, all = photos.list.querySelectorAll(".shot").length;
  if (left) say(words(`กำลังส่งภาพ เหลือ ${left} จาก ${all} ภาพ`, `Sending pictures: ${left} of ${all} left`));
}

/** "again", "without" or "" (back to the form). */
function ask(count) {
  const dialog = document.querySelector("#photos-left");
  dialog.querySelector("[data-words]").textContent = words(`ภาพ ${count} ภาพยังไม่ถึงระบบ รายการจึงยังไม่ได้ส่ง`, `${count} pictures have not reached the system, so nothing was sent`);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => { dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }); });
}
