// The recording page as the server shows it. Each module works on the one form; the page works without any of them.
import { startRecord } from "./record/start.js";

const form = document.querySelector("#record");
if (form) await startRecord(form);
