// Pictures that were shared into the app: taken into this record only when the person says so.
import { dropThing, readThing } from "../activities/device/store.js";
import { words } from "../activities/record/state.js";

export async function showShared(person, photos) {
  const box = document.querySelector("#shared"), name = `shared:${person}`;
  const shared = await readThing(name).catch(() => null);
  box.hidden = !shared?.length;
  if (box.hidden) return;
  box.querySelector("[data-words]").textContent = words(`มีภาพที่แชร์เข้ามา ${shared.length} ภาพ`, `${shared.length} pictures were shared into the app`);
  box.querySelector("[data-take]").onclick = async () => {
    box.hidden = true;
    photos.take(shared.map((each) => new File([each.blob], each.name, { type: each.blob.type })));
    await photos.settled(); // kept with the record, or sent
    await dropThing(name);
  };
  box.querySelector("[data-leave]").onclick = async () => { box.hidden = true; await dropThing(name); };
}
