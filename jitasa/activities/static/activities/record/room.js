// Whether this device has room for what is not sent yet, said where photos are chosen: before the photo, not after.
import { isLittle, roomLeft } from "../device/store.js";
import { words } from "./state.js";

const FREE = () => words("ลบภาพหรือวิดีโอที่ไม่ใช้ในเครื่อง หรือไปที่มีสัญญาณเพื่อส่งรายการที่รออยู่ก่อน", "Remove pictures or videos you do not need, or find a signal so that what waits is sent first");

/** `problem`: "full", "elsewhere" (another tab holds the store), "failed" (the browser keeps nothing, as in a private window) or nothing. */
export async function tellRoom(form, problem = "") {
  const note = form.querySelector("#room-note");
  const left = problem ? 0 : await roomLeft().catch(() => null);
  note.hidden = !problem && !isLittle(left);
  if (note.hidden) return;
  const megabytes = Math.floor((left || 0) / 1_048_576);
  note.textContent = {
    full: `${words("ที่เก็บของเครื่องนี้เต็ม ข้อความหรือภาพล่าสุดยังไม่ได้เก็บไว้ อย่าเพิ่งปิดหน้านี้", "This device is full: the last words or picture are not kept on it. Do not close this page.")} ${FREE()}`,
    elsewhere: words("แอปนี้เปิดอยู่ในแท็บอื่นที่เป็นคนละรุ่น จึงยังเก็บไว้ในเครื่องไม่ได้ ปิดแท็บอื่นของระบบนี้ แล้วโหลดหน้านี้ใหม่ก่อนถ่ายภาพ", "Another tab has this app in another version, so nothing is kept on the device yet. Close the other tabs of this site and load this page anew before taking photos"),
    failed: words("เบราว์เซอร์นี้เก็บข้อความและภาพไว้ในเครื่องไม่ได้ (เช่น หน้าต่างส่วนตัว) อย่าเพิ่งปิดหน้านี้จนกว่าจะบันทึกแล้ว", "This browser keeps nothing on the device (a private window, perhaps). Do not close this page before it says saved"),
    "": `${words(`ที่เก็บของเครื่องนี้เหลือ ${megabytes} เมกะไบต์ ภาพที่ถ่ายต่อไปอาจเก็บไว้ไม่ได้`, `Only ${megabytes} MB are left on this device; further pictures may not be kept.`)} ${FREE()}`,
  }[problem];
}
