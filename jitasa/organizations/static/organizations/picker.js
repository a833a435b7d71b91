// The box in which an office is chosen: what fits is listed while one types (ARIA combobox).
// The text box itself holds the answer ("อบต.อ่าวนาง (06810104)"), which the server reads.

const WAIT = 180;
let count = 0;

function option(row, id) {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.dataset.label = row.label;
  item.textContent = row.name;
  const place = document.createElement("small");
  place.textContent = `${row.code} ${row.place}`;
  item.append(place);
  return item;
}

function start(box) {
  const input = box.querySelector("input");
  if (!input || box.dataset.ready) return;
  box.dataset.ready = "1";
  const list = document.createElement("ul");
  list.className = "picker-list";
  list.id = `picker-${(count += 1)}`;
  list.role = "listbox";
  list.hidden = true;
  box.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  let timer;
  let asked = 0;
  let at = -1;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    const items = list.querySelectorAll("[role=option]");
    if (!items.length) return;
    at = (index + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    items[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[at].id);
  }

  function take(item) {
    input.value = item.dataset.label;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function ask() {
    const text = input.value.trim();
    if (!text) return close();
    const mine = (asked += 1);
    const url = new URL(box.dataset.url, window.location.origin);
    url.searchParams.set("q", text);
    if (box.dataset.level) url.searchParams.set("level", box.dataset.level);
    let rows;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      rows = (await answer.json()).results;
    } catch {
      return close(); // no network: the text box alone still works
    }
    if (mine !== asked || document.activeElement !== input) return;
    list.replaceChildren(...rows.map((row, i) => option(row, `${list.id}-${i}`)));
    if (!rows.length) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = box.dataset.none;
      list.append(none);
    }
    list.hidden = false;
    at = -1;
    input.setAttribute("aria-expanded", "true");
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (list.hidden) ask();
      else mark(at + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      mark(at - 1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      take(list.querySelectorAll("[role=option]")[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(item);
  });
  input.addEventListener("blur", () => close());
}

function startAll(root) {
  root.querySelectorAll("[data-picker]").forEach(start);
}

startAll(document);
document.addEventListener("htmx:afterSettle", (event) => startAll(event.target));
