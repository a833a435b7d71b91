// The queue as people see it: waiting, sending (which photo of how many), sent with its number, to be corrected.
import { askWorker } from "../device/field.js";
import { CHANNEL, WAITING, sendAll, titleOf } from "../device/queue.js";
import * as store from "../device/store.js";
import { words } from "./state.js";

const AGAIN = 60_000, SENT_SHOWN = 20;
const STATES = {
  waiting: ["idle", "รอส่ง", "Waiting"], draft: ["idle", "รอบันทึก", "To be kept"], sending: ["info", "กำลังส่ง", "Sending"],
  sent: ["ok", "ส่งแล้ว", "Sent"], mend: ["bad", "ต้องแก้ไข", "To be corrected"],
};

class Panel {
  constructor(form, local) {
    Object.assign(this, { form, local, box: document.querySelector("#queue"), template: document.querySelector("#queue-line") });
    new BroadcastChannel(CHANNEL).addEventListener("message", () => this.show());
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") this.send(); });
    form.addEventListener("record:held", () => { askWorker(); this.show(); });
    form.addEventListener("record:known", () => { if (this.waits) this.send(); });
    setInterval(() => { if (document.visibilityState === "visible" && this.waits) this.send(); }, AGAIN);
    this.send();
  }

  async send() {
    await this.show();
    if (this.waits && navigator.onLine) await sendAll().catch(() => {});
    await this.show();
  }

  async show() {
    const rows = await store.recordsOf(this.form.elements.writer.value).catch(() => []);
    const others = rows.filter((row) => row.key !== this.local.key || (this.local.held && row.state !== "draft")).sort((one, other) => other.at - one.at);
    const sent = others.filter((row) => row.state === "sent").slice(0, SENT_SHOWN);
    const shown = [...others.filter((row) => row.state !== "sent"), ...sent];
    this.waits = others.some((row) => WAITING.includes(row.state));
    this.box.hidden = !shown.length;
    this.box.querySelector("[data-list]").replaceChildren(...shown.map((row) => this.line(row)));
  }

  line(row) {
    const line = this.template.content.firstElementChild.cloneNode(true);
    const find = (name) => line.querySelector(`[data-${name}]`);
    const [tone, thai, english] = STATES[row.state] || STATES.waiting;
    find("state").className = `tag ${tone}`;
    find("state").textContent = words(thai, english);
    find("name").textContent = titleOf(row) || words("ยังไม่มีชื่อกิจกรรม", "No name yet");
    find("words").textContent = said(row);
    const url = row.url || `${this.form.hasAttribute("data-shell") ? `/field/?draft=${row.uuid}` : row.path}#kept=${row.key}`;
    if (row.key !== this.local.key) Object.assign(find("open"), { href: url, hidden: false });
    if (WAITING.includes(row.state) && row.key !== this.local.key) Object.assign(find("send"), { hidden: false, onclick: () => this.send() });
    if (["sent", "mend"].includes(row.state)) Object.assign(find("away"), { hidden: false, onclick: () => this.away(row) });
    return line;
  }

  async away(row) {
    const lost = row.state === "mend" && !confirm(words("ข้อความและภาพของรายการนี้ที่เก็บไว้ในเครื่องจะถูกลบ", "The text and pictures of this record on this device will be removed"));
    if (lost) return;
    await store.dropRecord(row.key);
    await this.show();
  }
}

function said(row) {
  if (row.state === "sending" && row.progress) return words(`ภาพ ${row.progress.photo} จาก ${row.progress.of}`, `picture ${row.progress.photo} of ${row.progress.of}`);
  if (row.state === "sent") return row.number ? words(`เลขที่รายงาน ${row.number}`, `No. ${row.number}`) : words("รอผู้อนุมัติ", "Awaiting approval");
  if (row.state === "mend") return row.error;
  const photos = row.photos.length;
  return words(`เก็บไว้ในเครื่องนี้ ${photos} ภาพ จะส่งเองเมื่อมีสัญญาณ`, `On this device with ${photos} pictures; sent by itself when there is a signal`);
}

export function startPanel(form, local) { return document.querySelector("#queue") ? new Panel(form, local) : null; }
