// A chosen file becomes what is kept and sent: smaller where that helps, named by its SHA-256, with what it knows of time and place.
import { exifBlock, factsOf, withExif } from "./exif.js";

export const LONGEST = 1920; // px
const QUALITY = 0.82, PLAIN = 1_000_000; // bytes up to which a picture of that size goes as it is

/** `{ blob, name, sha256, facts }`. A picture this browser cannot open (HEIC) goes as it is. Rejects when the file cannot be read. */
export async function prepare(file) {
  const block = await exifBlock(file);
  const blob = await smaller(file, block).catch(() => null) || await held(file);
  return { blob, name: file.name, sha256: await sha256(blob), facts: block ? factsOf(block) : {} };
}

/** The bytes themselves: what a chosen file points to may change or go away. */
async function held(file) { return new Blob([await file.arrayBuffer()], { type: file.type }); }

async function smaller(file, block) {
  const picture = await createImageBitmap(file); // stands upright
  try {
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size <= PLAIN) return null;
    const made = await withExif(await drawn(picture, Math.round(picture.width * scale), Math.round(picture.height * scale)), block);
    return made.size < file.size ? made : null;
  } finally { picture.close(); }
}

async function drawn(picture, width, height) {
  const canvas = globalThis.OffscreenCanvas ? new OffscreenCanvas(width, height) : Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  return new Promise((resolve, reject) => { canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("canvas"))), "image/jpeg", QUALITY); });
}

async function sha256(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
