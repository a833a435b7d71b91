// What is wider than its place says that it goes on: a table in words until it has been moved, a row of
// filters by fading at its end, and words that were cut by a title that holds them whole.
const english = document.documentElement.lang === "en";

function hint(wrap) {
  if (wrap.dataset.hinted || wrap.scrollWidth <= wrap.clientWidth + 8) return;
  wrap.dataset.hinted = "1";
  const words = document.createElement("p");
  words.className = "scroll-hint";
  words.setAttribute("aria-hidden", "true"); // who does not see it needs no scrolling
  words.textContent = english ? "Swipe the table to see more →" : "ปัดตารางเพื่อดูต่อทางขวา →";
  wrap.before(words);
  wrap.addEventListener("scroll", () => words.remove(), { once: true, passive: true });
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
export function tellCut(root) {
  for (const element of root.querySelectorAll("[data-may-be-cut], .who span, .who b, .cap, .material-words, .left-over, .clip, .mail-name, .mail-facts, .mail-top b, .find-title, .offer b, .from")) {
    if (!element.closest("[title]") && isCut(element)) element.title = element.textContent.trim().replace(/\s+/g, " ");
  }
}

export function startTables(root) {
  tellCut(root);
  if (!matchMedia("(max-width: 720px)").matches) return;
  root.querySelectorAll(".table-wrap").forEach(hint);
  root.querySelectorAll(".tools:not(.wrap)").forEach(fade);
}
