// What a picture's EXIF block says (CIPA DC-008): when and where. The block itself goes along with a copy made smaller.
const ORIENTATION = 0x0112, CHANGED = 0x0132, EXIF_TABLE = 0x8769, GPS_TABLE = 0x8825;
const MOMENTS = [[0x9003, 0x9011], [0x9004, 0x9012], [CHANGED, 0x9010]]; // taken, made digital, changed: each with its zone
const LATITUDE_REF = 1, LATITUDE = 2, LONGITUDE_REF = 3, LONGITUDE = 4;
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const MOST_TAGS = 200, MOST_BYTES = 256, MOST_BLOCK = 65_000, HEAD = 1_048_576;
const MOMENT = /^(\d{4})[:/.-]([ \d]?\d)[:/.-]([ \d]?\d)[ T]+([ \d]?\d):([ \d]?\d)(?::([ \d]?\d))?/;
const OLDEST_YEAR = 1990, BUDDHIST = 543;
// "Exif" of JPEG and HEIC, the chunks of WebP and PNG; then the header of TIFF in either order of bytes.
const START = /(?:Exif\0\0|EXIF[\s\S]{4}(?:Exif\0\0)?|eXIf)(II\*\0|MM\0\*)/;

/** The EXIF block of a file (Uint8Array from its TIFF header on), or null. */
export async function exifBlock(file) {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const found = START.exec(new TextDecoder("latin1").decode(head));
  if (!found) return null;
  const start = found.index + found[0].length - 4;
  return head.slice(start, Math.min(head.length, start + blockLength(head, found.index)));
}

/** In a JPEG the segment says how long it is; elsewhere as much as a segment can hold. */
function blockLength(head, at) {
  const segment = head[0] === 0xff && head[1] === 0xd8 && head[at - 4] === 0xff && head[at - 3] === 0xe1;
  return segment ? Math.max(0, head[at - 2] * 256 + head[at - 1] - 8) : MOST_BLOCK;
}

/** `{taken_at, latitude, longitude}`; what cannot be read is left out, as the server does it. */
export function factsOf(block) {
  try {
    const tiff = new Tiff(block);
    const exif = tiff.linked(EXIF_TABLE), gps = tiff.linked(GPS_TABLE);
    return { taken_at: takenAt(tiff, exif), ...pointOf(tiff, gps) };
  } catch { return {}; }
}

class Tiff {
  constructor(block) {
    this.view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    this.little = block[0] === 0x49;
    this.main = this.table(this.view.getUint32(4, this.little));
  }

  /** Tag → { kind, count, at }; entries that point outside the block are skipped. */
  table(at) {
    const found = new Map();
    if (at + 2 > this.view.byteLength) return found;
    const count = Math.min(this.view.getUint16(at, this.little), MOST_TAGS);
    for (let entry = at + 2; entry < at + 2 + count * 12 && entry + 12 <= this.view.byteLength; entry += 12) {
      const kind = this.view.getUint16(entry + 2, this.little), amount = this.view.getUint32(entry + 4, this.little);
      const length = (SIZES[kind] || 0) * amount;
      if (!length || length > MOST_BYTES) continue;
      const start = length <= 4 ? entry + 8 : this.view.getUint32(entry + 8, this.little);
      if (start + length <= this.view.byteLength) found.set(this.view.getUint16(entry, this.little), { kind, amount, at: start, length });
    }
    return found;
  }

  linked(tag) {
    const pointer = this.main.get(tag);
    return pointer?.kind === 4 ? this.table(this.view.getUint32(pointer.at, this.little)) : new Map();
  }

  text(table, tag) {
    const found = table.get(tag);
    if (!found || ![1, 2, 7].includes(found.kind)) return "";
    const bytes = new Uint8Array(this.view.buffer, this.view.byteOffset + found.at, found.length);
    return new TextDecoder("latin1").decode(bytes).split("\0")[0].trim();
  }

  fractions(table, tag) {
    const found = table.get(tag);
    if (!found || ![5, 10].includes(found.kind)) return [];
    return Array.from({ length: found.amount }, (_none, index) => {
      const upper = this.view.getUint32(found.at + index * 8, this.little), lower = this.view.getUint32(found.at + index * 8 + 4, this.little);
      return lower ? upper / lower : null;
    });
  }
}

/** ISO with its zone; Thai time where none is written. */
function takenAt(tiff, exif) {
  for (const [tag, zoneTag] of MOMENTS) {
    const match = MOMENT.exec(tiff.text(tag === CHANGED ? tiff.main : exif, tag));
    if (!match) continue;
    const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part || 0));
    const zone = /^([+-])(\d{2}):?(\d{2})/.exec(tiff.text(exif, zoneTag));
    const minutes = zone ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 7 * 60;
    const plain = year > 2400 ? year - BUDDHIST : year; // phones set to Thai write the Buddhist year
    const moment = new Date(Date.UTC(plain, month - 1, day, hour, minute, Math.min(second, 59)) - minutes * 60_000);
    if (plain >= OLDEST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && !Number.isNaN(moment.getTime())) return moment.toISOString();
  }
  return null;
}

function pointOf(tiff, gps) {
  const degrees = (tag, refTag, negative) => {
    const parts = tiff.fractions(gps, tag);
    if (!parts.length || parts.length > 3 || parts[0] === null) return null;
    const sum = parts.reduce((all, part, place) => all + (part || 0) / 60 ** place, 0);
    return tiff.text(gps, refTag).toUpperCase() === negative ? -sum : sum;
  };
  const latitude = degrees(LATITUDE, LATITUDE_REF, "S"), longitude = degrees(LONGITUDE, LONGITUDE_REF, "W");
  const inThailand = latitude >= 5 && latitude <= 21 && longitude >= 97 && longitude <= 106;
  return inThailand ? { latitude, longitude } : { latitude: null, longitude: null };
}

/** The JPEG with the block as its EXIF; it stands upright, so the block says so. */
export async function withExif(jpeg, block) {
  if (!block) return jpeg;
  const upright = block.slice(0, MOST_BLOCK);
  try {
    const tiff = new Tiff(upright), turned = tiff.main.get(ORIENTATION);
    if (turned?.kind === 3) tiff.view.setUint16(turned.at, 1, tiff.little);
  } catch { return jpeg; }
  const length = upright.length + 8;
  const head = new Uint8Array([0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  return new Blob([head, upright, jpeg.slice(2)], { type: "image/jpeg" });
}
