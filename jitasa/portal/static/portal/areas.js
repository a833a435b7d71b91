// Areas of a picture: drawn with mouse, pen or finger, moved with the arrow keys, kept in a hidden box as
// "left,top,width,height;…" in fractions. Without this module the nine fields below the picture do.

const LEAST = 0.02;
const STEP = 0.02;
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

export function read(text) {
  return text.split(";").map((part) => part.split(",").map(Number)).filter((area) => area.length === 4 && area.every(Number.isFinite));
}

export function write(areas) {
  return areas.map((area) => area.map((value) => value.toFixed(4)).join(",")).join(";");
}

function start(box) {
  const input = document.getElementById(box.dataset.input);
  const frame = box.querySelector(".areas-picture");
  const marks = box.querySelector(".areas-marks");
  const list = box.querySelector("[data-list]");
  const status = box.querySelector("[data-status]");
  const most = Number(box.dataset.most);
  let areas = read(input.value);
  let drawing = null;

  function draw(chosen = -1) {
    marks.replaceChildren(...areas.map(([left, top, width, height], index) => {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ x: left, y: top, width, height })) rect.setAttribute(name, String(value * 1000));
      rect.classList.toggle("on", index === chosen);
      return rect;
    }));
    input.value = write(areas);
  }

  function buttons(focus = -1) {
    list.hidden = areas.length === 0;
    list.replaceChildren(...areas.map((_area, index) => {
      const item = document.createElement("li");
      const move = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: `${box.dataset.wordsArea} ${index + 1}` });
      const remove = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: "✕" });
      remove.setAttribute("aria-label", `${box.dataset.wordsRemove} ${index + 1}`);
      move.addEventListener("focus", () => draw(index));
      move.addEventListener("blur", () => draw());
      move.addEventListener("keydown", (event) => nudge(event, index));
      remove.addEventListener("click", () => { areas.splice(index, 1); draw(); buttons(); });
      item.append(move, remove);
      return item;
    }));
    if (focus >= 0) list.children[focus]?.querySelector("button").focus();
  }

  function nudge(event, index) {
    const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (event.key === "Delete") { areas.splice(index, 1); draw(); buttons(); return; }
    if (!way) return;
    event.preventDefault();
    const [left, top, width, height] = areas[index];
    areas[index] = event.shiftKey
      ? [left, top, clamp(width + way[0], LEAST, 1 - left), clamp(height + way[1], LEAST, 1 - top)]
      : [clamp(left + way[0], 0, 1 - width), clamp(top + way[1], 0, 1 - height), width, height];
    draw(index);
  }

  function add(area) {
    if (areas.length >= most) { status.textContent = box.dataset.wordsFull; return; }
    areas.push(area);
    draw();
    buttons();
    status.textContent = `${box.dataset.wordsArea} ${areas.length}`;
  }

  function at(event) {
    const place = frame.getBoundingClientRect();
    return [clamp((event.clientX - place.left) / place.width, 0, 1), clamp((event.clientY - place.top) / place.height, 0, 1)];
  }

  const between = ([x1, y1], [x2, y2]) => [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2), Math.abs(y1 - y2)];

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    drawing = at(event);
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const kept = areas;
    areas = [...kept, between(drawing, at(event))];
    draw(kept.length);
    areas = kept;
  });
  frame.addEventListener("pointerup", (event) => {
    if (!drawing) return;
    const area = between(drawing, at(event));
    drawing = null;
    if (area[2] >= LEAST && area[3] >= LEAST) add(area); else draw();
  });
  frame.addEventListener("pointercancel", () => { drawing = null; draw(); });
  box.querySelector("[data-add]").addEventListener("click", () => {
    add([0.4, 0.35, 0.2, 0.25]);
    buttons(areas.length - 1);
  });
  box.querySelector("[data-tools]").hidden = false;
  box.classList.add("live");
  draw();
  buttons();
}

for (const box of document.querySelectorAll("[data-areas]")) if (document.getElementById(box.dataset.input)) start(box);
