// What is wider than its place says that it goes on: a table in words until it has been moved, a row of
// filters by fading at its end, and words that were cut by a title that holds them whole. A table whose rows
// are cards (a phone) begins with some and says how many more there are.
const english = document.documentElement.lang === "en";

function hint(wrap) {
  if (wrap.dataset.hinted || wrap.scrollWidth <= wrap.clientWidth + 8) return;
  wrap.dataset.hinted = "1";
  const words = document.createElement("p");
  words.className = "scroll-hint";
  words.setAttribute("aria-hidden", "true"); // who does not see it needs no scrolling
  const swiped = matchMedia("(pointer: coarse), (max-width: 720px)").matches;
  if (english) words.textContent = swiped ? "Swipe the table to see more →" : "Scroll the table to see more →";
  else words.textContent = swiped ? "ปัดตารางเพื่อดูต่อทางขวา →" : "เลื่อนตารางเพื่อดูต่อทางขวา →";
  wrap.before(words);
  wrap.addEventListener("scroll", () => words.remove(), { once: true, passive: true });
}

const SHOWN = 20, SPARE = 5; // cards; a few more are not worth a press

function shorten(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  if (table.dataset.shortened || rows.length <= SHOWN + SPARE || getComputedStyle(table).display !== "block") return;
  table.dataset.shortened = "1";
  const rest = rows.slice(SHOWN), button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn quiet more-rows" });
  button.textContent = english ? `Show ${rest.length} more` : `แสดงอีก ${rest.length} รายการ`;
  rest.forEach((row) => { row.hidden = true; });
  button.addEventListener("click", () => {
    rest.forEach((row) => { row.hidden = false; });
    rest[0].querySelector("a, button, input")?.focus();
    button.remove();
  });
  table.after(button);
}

function fade(row) {
  const tell = () => row.classList.toggle("goes-on", row.scrollLeft + row.clientWidth < row.scrollWidth - 4);
  row.addEventListener("scroll", tell, { passive: true });
  tell();
}

function isCut(element) {
  const style = getComputedStyle(element);
  const may = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  return may && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2);
}

/** Says whole, on pointing and to who asks for it, what is cut. */
function tellCut(root) {
  for (const element of root.querySelectorAll("[data-may-be-cut], .who span, .who b, .cap, .material-words, .left-over, .clip, .mail-name, .mail-facts, .mail-top b, .find-title, .offer b, .from")) {
    if (!element.closest("[title]") && isCut(element)) element.title = element.textContent.trim().replace(/\s+/g, " ");
  }
}

function measure(root, narrow) {
  tellCut(root);
  root.querySelectorAll(".table-wrap").forEach(hint);
  if (narrow) root.querySelectorAll(".tools:not(.wrap), .letter-chips").forEach(fade);
}

export function startTables(root) {
  const narrow = matchMedia("(max-width: 720px)").matches;
  if (narrow) root.querySelectorAll(".table").forEach(shorten);
  document.body.getBoundingClientRect(); // laid out, so that the faces it needs are being fetched
  // In the face that stands in for ours words are wider: a table that fits would say that it goes on.
  document.fonts.ready.then(() => measure(root, narrow));
}
