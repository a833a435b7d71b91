// Letter settings: for whom one signs is asked only of those who sign for somebody.
import { startWhen } from "./when.js";

const form = document.querySelector("#signer");
if (form) startWhen(form);
