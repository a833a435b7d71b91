// A choice of files speaks the language of the page; the browser's own words are those of the browser.
// The input itself lies over the words, unseen: a click, the keyboard and files dropped on it are its own.
const english = document.documentElement.lang === "en";

function told(input) {
  const names = [...input.files].map((file) => file.name);
  if (names.length > 1) return english ? `${names.length} files: ${names.join(", ")}` : `${names.length} ไฟล์: ${names.join(", ")}`;
  if (names.length) return names[0];
  if (input.multiple) return english ? "No files chosen" : "ยังไม่ได้เลือกไฟล์ เลือกได้หลายไฟล์";
  return english ? "No file chosen" : "ยังไม่ได้เลือกไฟล์";
}

function dress(input) {
  const field = document.createElement("span"), button = document.createElement("span"), words = document.createElement("span");
  field.className = "file-field";
  button.className = "btn";
  button.textContent = english ? "Choose" : "เลือกไฟล์";
  for (const each of [button, words]) each.setAttribute("aria-hidden", "true"); // the input says its own
  const tell = () => { words.textContent = told(input); };
  input.before(field);
  field.append(button, words, input);
  // After everybody else has heard of it: what is too large is taken out again at once.
  input.addEventListener("change", () => setTimeout(tell));
  input.form?.addEventListener("reset", () => setTimeout(tell));
  tell();
}

export function startFileFields(root) {
  root.querySelectorAll('input[type="file"]:not(.visually-hidden, .file-field > *)').forEach(dress);
}
