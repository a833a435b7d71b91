// The receipt is there: what this device kept of the record may go.
import { dropRecord } from "../device/store.js";

const { sent } = document.querySelector("[data-sent]")?.dataset || {};
if (sent) dropRecord(sent).catch(() => {});
