// A name or word of Thai goes to the next line whole. Browsers break Thai by a dictionary that knows no names ("อ่าว|นาง") and
// takes compounds apart ("หน่วย|งาน"); what they broke is held together, and nothing else of the page changes.
const KINDS = "อบต\\.|อบจ\\.|ทต\\.|ทม\\.|ทน\\.|สถจ\\.|ต\\.|อ\\.|จ\\.|องค์การบริหารส่วนตำบล|องค์การบริหารส่วนจังหวัด|เทศบาลนคร|เทศบาลเมือง|เทศบาลตำบล|ตำบล|อำเภอ|จังหวัด";
const NAME = new RegExp(`(?<![ก-๙])(?:${KINDS}) ?([ก-ฮเ-ไ][ก-๎]{1,17})(?![ก-๎])`, "g");
// A number of a record, a day with its month and year, an hour with its น., a number with what it counts, before it or behind.
const NUMBER = /[\d๐-๙]{2}-[\d๐-๙]{4}-[\d๐-๙]{6}|\d{1,2} (?:[ก-ฮ][ก-๎]{0,2}\.[ก-ฮ]\.|[ก-ฮเ-ไ][ก-๎]{3,9}(?:คม|ยน|พันธ์)) \d{4}|(?:เวลา )?\d{1,2}[:.]\d{2} น\.|\d[\d,.]* (?:คน|ภาพ|แห่งต้องรายงาน|แห่ง|วัน|รายการ|ครั้ง|กิจกรรม|อปท\.|ชม\.|นาที|เดือน|บาท|ชุด|ฉบับ)(?![ก-๎])|(?<=(?:^|·)\s*)[ก-๎]{2,16} [\d๐-๙][\d๐-๙,.]*(?=\s*(?:·|$))/g;
const WORDS = [
  "หน่วยงาน", "เจ้าหน้าที่", "จิตอาสา", "เผยแพร่", "รหัสผ่าน", "วันสำคัญ", "ช่องทาง", "ผู้ดูแล", "ผู้ลงนาม", "คัดลอก", "เจ้าภาพ", "สิ้นสุด", "ลงนาม",
  "ผู้เข้าร่วม", "เข้าร่วม", "ถูกต้อง", "ต้นสังกัด", "นำเข้า", "มุมมอง", "เสียงตามสาย", "ดำเนินการ", "ดำเนินงาน", "ตรวจสอบ", "หลักเกณฑ์", "ประจำเดือน", "คำเชิญ", "คำตอบ", "ผู้อนุมัติ",
  "แบบฟอร์ม", "รายชื่อ", "ตั้งค่า", "ตำแหน่ง", "หนึ่ง", "โทเคน", "กระดาษ", "ส่วนบุคคล", "ลงรับ", "รับรู้", "รอตรวจ", "กลับมา", "รายเดือน", "รายละเอียด", "คำสั่ง", "สถานที่", "ครบกำหนด", "เกินกำหนด",
  "เครือข่าย", "กิจกรรม", "ผู้บันทึก", "ผู้ตรวจ", "ลายมือชื่อ", "ลงทะเบียน", "ผู้ว่าราชการ", "ราชการ", "คณะกรรมการ", "พระราชทาน", "พระราชินี", "สาธารณะ", "สาธารณประโยชน์", "ประชาสัมพันธ์",
  "เฉลิมพระเกียรติ", "พัฒนา", "สิ่งแวดล้อม", "ทำความสะอาด", "สำนักงาน", "ทะเบียน", "เปรียบเทียบ", "ยืนยัน", "ล่าช้า", "ส่งต่อ", "ตอบรับ", "ชื่อย่อ", "ป้องกัน", "ท้องถิ่น", "ราชเจ้า", "กระทรวง", "อำนวยความสะดวก", "ความสะดวก", "พัฒนาชุมชน", "ภัยพิบัติ",
  "มหาธีรราชเจ้า", "นเรศวร", "กองทัพไทย", "ทั่วประเทศ", "ผู้ประสบ", "วาตภัย", "อุทกภัย", "อัคคีภัย", "บิ๊กคลีนนิ่งเดย์", "คลีนนิ่ง",
  // Royal names and titles: the first part of documents/words.txt (held together by documents/tests/test_words.py).
  "พระบาทสมเด็จพระเจ้าอยู่หัว", "พระบาทสมเด็จพระปรเมนทรรามาธิบดี", "ศรีสินทรมหาวชิราลงกรณ", "มหิศรภูมิพลราชวรางกูร", "กิติสิริสมบูรณอดุลยเดช", "สยามินทราธิเบศรราชวโรดม", "บรมนาถบพิตร",
  "พระวชิรเกล้าเจ้าอยู่หัว", "มหาวชิราลงกรณ", "พระบรมชนกาธิเบศร", "มหาภูมิพลอดุลยเดชมหาราช", "พระบรมราชสมภพ", "พระราชสมภพ", "พระราชทาน", "พระบรมราชินี", "พระบรมราชินีนาถ",
  "พระบรมราชชนนีพันปีหลวง", "พระพันปีหลวง", "สมเด็จพระนางเจ้า", "สมเด็จพระนางเจ้าฯ", "สุทิดา", "พัชรสุธาพิมลลักษณ", "สิริกิติ์", "สมเด็จพระกนิษฐาธิราชเจ้า", "กรมสมเด็จพระเทพรัตนราชสุดา",
  "สมเด็จพระเทพรัตนราชสุดา", "สยามบรมราชกุมารี", "ราชกุมารี", "สมเด็จพระเจ้าลูกเธอ", "เจ้าฟ้า", "กรมหลวงราชสาริณีสิริพัชร", "มหาวัชรราชธิดา", "พระพุทธยอดฟ้าจุฬาโลกมหาราช",
  "มหาจักรีบรมราชวงศ์", "พระนั่งเกล้าเจ้าอยู่หัว", "พระจอมเกล้าเจ้าอยู่หัว", "พระจุลจอมเกล้าเจ้าอยู่หัว", "พระมงกุฎเกล้าเจ้าอยู่หัว", "พระปกเกล้าเจ้าอยู่หัว", "พระมหาธีรราชเจ้า",
  "สมเด็จพระมหาธีรราชเจ้า", "สมเด็จพระนเรศวรมหาราช", "สมเด็จพระนารายณ์มหาราช", "สมเด็จพระเจ้าตากสินมหาราช", "พ่อขุนรามคำแหงมหาราช", "อานันทมหิดล", "ปิยมหาราช", "นวมินทรมหาราช",
  "เฉลิมพระชนมพรรษา", "พระชนมพรรษา", "วันคล้ายวัน", "ฉัตรมงคล", "พืชมงคลจรดพระนังคัลแรกนาขวัญ", "พระราชพิธี", "พระราชดำริ", "พระบรมราโชบาย", "พระมหากรุณาธิคุณ", "พระบรมวงศานุวงศ์",
  "สวรรคต", "มาฆบูชา", "วิสาขบูชา", "อาสาฬหบูชา",
  "วันพ่อแห่งชาติ", "วันแม่แห่งชาติ", "วันอาทิตย์", "วันเสาร์", "เฉพาะกิจ", "หน้าจอ", "พระเทพรัตน", "นักพัฒนาชุมชน", "นักวิเคราะห์", "นักส่งเสริม",
  "วันหยุด", "วันของชาติ", "วันของจังหวัด", "เข้าสู่ระบบ", "ตัวอักษร", "สักครู่", "อีกครั้ง",
];
const DOT = "\u00a0·"; // what joinDots makes of " ·"
// Marks that stand at a word and are held with it.
const BEFORE = /[({"“‘]/, AFTER = /[)}.,:;!?%"”’ๆฯ]/;
const LONE = /^[ก-ฮ]$/; // a consonant alone is a splinter of a word
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("th", { granularity: "word" });
const LEAST = 3; // letters of a name that is kept whole wherever it stands

/** Texts that take more than one line. */
function* wrapped(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!/[ก-ฮ]/.test(node.data) || node.parentElement.closest("script, style, textarea, option, svg, title, thai-whole, [contenteditable]")) continue;
    range.selectNodeContents(node);
    if (lines(range) > 1) yield node;
  }
}

function lines(range) {
  const tops = [...range.getClientRects()].filter((rect) => rect.width > 0).map((rect) => Math.round(rect.bottom));
  return tops.length && Math.max(...tops) - Math.min(...tops) > 6 ? 2 : 1;
}

function* splinters(text) {
  if (!segmenter) return;
  let before = null;
  for (const { segment, index } of segmenter.segment(text)) {
    if (before && /^[ก-๎]/.test(segment) && (LONE.test(before.segment) || LONE.test(segment))) yield [before.index, index + segment.length];
    before = { segment, index };
  }
}

/** Where a text holds something that must stay whole: [from, to] of each, by its place. */
function places(text, known) {
  const found = [];
  for (const pattern of [NAME, NUMBER, known]) for (const match of text.matchAll(pattern)) found.push([match.index, match.index + match[0].length]);
  found.push(...splinters(text));
  for (const place of found) {
    while (BEFORE.test(text[place[0] - 1] ?? "")) place[0] -= 1;
    while (AFTER.test(text[place[1]] ?? "")) place[1] += 1;
    if (text.startsWith(DOT, place[1])) place[1] += DOT.length;
  }
  return found.sort((one, other) => one[0] - other[0]);
}

/** The width of a line: what is wider is left to the browser. */
function room(node) {
  let block = node.parentElement;
  while (/^(inline|contents)$/.test(getComputedStyle(block).display)) block = block.parentElement;
  const style = getComputedStyle(block);
  return block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
}

const wide = (range) => [...range.getClientRects()].reduce((sum, rect) => sum + rect.width, 0);

/** A short word before it ("วัน") comes along. */
const lead = (before) => before.match(/(?:^|\s)([ก-๎]{1,4})$/)?.[1].length ?? 0;

function broken(node, known) {
  const range = document.createRange(), found = [], most = room(node);
  for (const [from, to] of places(node.data, known)) {
    if (found.length && from < found.at(-1)[1]) continue;
    range.setStart(node, from);
    range.setEnd(node, to);
    if (lines(range) < 2) continue;
    range.setStart(node, from - lead(node.data.slice(0, from)));
    if (wide(range) <= most) found.push([from, to]);
  }
  return found;
}

/** In a row of flexible parts (a button, a choice) each holder would become a part of its own: the text becomes one part first. */
function gather(node) {
  const line = document.createElement("thai-line");
  node.replaceWith(line);
  line.append(node);
}

/** "·" ends a line and begins none: the space before it does not break. */
function joinDots(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (/[ \n]·/.test(node.data) && !node.parentElement.closest("script, style, textarea, option, title, pre, [contenteditable]")) node.data = node.data.replace(/[ \n]+·/g, DOT);
  }
}

function hold(node, [from, to]) {
  const whole = node.splitText(from);
  whole.splitText(to - from);
  const holder = document.createElement("thai-whole"); // no span: pages give theirs a look
  whole.replaceWith(holder);
  holder.append(whole);
}

/** Holds together what a line broke, anywhere in `root`. Reads first, then writes: the page is laid out once a round. */
function keepWhole(root) {
  joinDots(root);
  const names = [...new Set([...document.body.textContent.matchAll(NAME)].map((match) => match[1]))].filter((name) => name.length >= LEAST);
  const known = new RegExp([...names, ...WORDS].sort((one, other) => other.length - one.length).join("|"), "g");
  for (let round = 0; round < 3; round += 1) {
    const found = [...wrapped(root)].map((node) => [node, broken(node, known)]).filter(([, each]) => each.length);
    if (!found.length) return;
    found.map(([node]) => node).filter((node) => /flex|grid/.test(getComputedStyle(node.parentElement).display)).forEach(gather);
    for (const [node, each] of found) each.reverse().forEach((place) => hold(node, place));
  }
}

const idle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act));

/** Whatever comes later (an answer of htmx, a list of what is found) is looked at when the browser has time. */
function watch() {
  const come = new Set();
  const look = () => { [...come].filter((part) => part.isConnected).forEach(keepWhole); come.clear(); };
  new MutationObserver((changes) => {
    const parts = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.nodeType === Node.ELEMENT_NODE && !node.matches("thai-whole, thai-line") && /[ก-ฮ]/.test(node.textContent));
    if (parts.length && !come.size) idle(look, { timeout: 1000 });
    parts.forEach((part) => come.add(part));
  }).observe(document.body, { childList: true, subtree: true });
}

export function startWhole() {
  const all = () => keepWhole(document.body);
  watch();
  document.fonts.ready.then(() => idle(all, { timeout: 1000 })); // it reads where every line breaks: what people wait for goes first
  let wide = innerWidth, later = 0;
  addEventListener("resize", () => {
    if (innerWidth === wide) return; // a phone's bars come and go
    wide = innerWidth;
    clearTimeout(later);
    later = setTimeout(all, 200);
  });
  document.addEventListener("toggle", (event) => event.target.open && keepWhole(event.target), true);
}
