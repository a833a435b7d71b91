// Cells of the rows that were read can be mended on the page: a tap, Enter or F2 opens one; several pasted cells spread.
const form = document.querySelector("form[data-sheet]");

function start(form) {
  const table = form.querySelector("table.read-rows");
  const kept = form.querySelector("textarea[name=rows]");
  const rows = JSON.parse(kept.value);
  const importing = form.querySelector("[data-import]");
  table.dataset.editing = "";
  form.querySelector("[data-hint]").hidden = false;
  const cells = (line) => [...line.querySelectorAll("td[data-key]")];
  for (const cell of table.querySelectorAll("td[data-key]")) cell.tabIndex = 0;

  function put(cell, text) {
    const row = rows[Number(cell.parentElement.dataset.row)];
    if ((row[1][cell.dataset.key] ?? "") === text) return;
    row[1][cell.dataset.key] = text;
    row[2] = [];
    cell.querySelector(".cell").textContent = text;
    cell.className = "edited";
    kept.value = JSON.stringify(rows);
    if (importing && !importing.disabled) {
      importing.disabled = true;
      importing.title = form.dataset.edited;
    }
  }

  function open(cell) {
    if (cell.querySelector("textarea")) return;
    const shown = cell.querySelector(".cell");
    const box = document.createElement("textarea");
    box.value = shown.textContent;
    box.setAttribute("aria-label", table.tHead.rows[0].cells[cell.cellIndex].textContent);
    shown.hidden = true;
    shown.after(box);
    box.focus();
    let closed = false; // taking the box away blurs it, which closes it again
    const close = (keep) => {
      if (closed) return;
      closed = true;
      const text = box.value.trim();
      box.remove();
      shown.hidden = false;
      if (keep) put(cell, text);
    };
    box.addEventListener("blur", () => close(true));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
        event.preventDefault();
        event.stopPropagation();
        close(event.key === "Enter");
        cell.focus();
      }
    });
  }

  function spread(cell, text) {
    const from = cells(cell.parentElement).indexOf(cell);
    let line = cell.parentElement;
    for (const words of text.replace(/\r/g, "").replace(/\n$/, "").split("\n")) {
      if (!line) break;
      const there = cells(line);
      words.split("\t").forEach((word, index) => { if (there[from + index]) put(there[from + index], word.trim()); });
      line = line.nextElementSibling;
    }
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-key]");
    if (cell) open(cell);
  });
  table.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === "F2") && event.target.matches("td[data-key]")) {
      event.preventDefault();
      open(event.target);
    }
  });
  table.addEventListener("paste", (event) => {
    const cell = event.target.closest("td[data-key]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    event.target.blur?.();
    spread(cell, text);
  });
}

if (form) start(form);
