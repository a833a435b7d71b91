// What a machine can see of a page: run in the page by scripts/every_screen.py. Returns [kind, where, words] rows.
() => {
  const found = [];
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const name = (element) => {
    const parts = [];
    for (let each = element; each && each !== document.body && parts.length < 4; each = each.parentElement) {
      parts.unshift(each.tagName.toLowerCase() + (each.id ? `#${each.id}` : [...each.classList].slice(0, 2).map((c) => `.${c}`).join("")));
    }
    return parts.join(" > ");
  };
  const say = (kind, element, words) => found.push([kind, name(element), String(words).trim().replace(/\s+/g, " ").slice(0, 90)]);
  const quiet = (element) => element.closest(".visually-hidden, .skip, svg, script, style, template, noscript, .leaflet-container, dialog:not([open]), [hidden]");

  const wide = document.documentElement.scrollWidth, seen = document.documentElement.clientWidth;
  if (wide > seen) say("sideways", document.body, `${wide} > ${seen}`);

  // Words, where each of them stands.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines = [], broken = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || quiet(holder) || !shown(holder)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((r) => r.width > 1 && r.height > 1);
    if (!rects.length) continue;
    if (Math.max(...rects.map((r) => r.width)) < 5 || holder.clientWidth === 1) continue; // said to screen readers only
    const tall = [...new Set(rects.map((r) => Math.round(r.top / 4)))].length;
    const letters = node.data.trim().length;
    if (tall >= 4 && letters / tall < 7) say("column", holder, `${tall} lines: ${node.data}`);
    // Cut by somebody who hides what is over.
    let cutter = holder;
    while (cutter && cutter !== document.body) {
      const style = getComputedStyle(cutter);
      if (style.position === "fixed") break;
      if (/hidden|clip/.test(style.overflowX + style.overflowY) && !/auto|scroll/.test(style.overflowX + style.overflowY)) {
        const box = cutter.getBoundingClientRect();
        const over = rects.some((r) => (style.overflowX !== "visible" && (r.right > box.right + 2 || r.left < box.left - 2)) || (style.overflowY !== "visible" && (r.bottom > box.bottom + 6 || r.top < box.top - 6)));
        if (over && box.width > 2 && !cutter.closest("[title]") && !holder.closest("[title]")) { say("cut", holder, node.data); break; }
      }
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      cutter = cutter.parentElement;
    }
    if (!holder.closest(".table-wrap, [data-map], pre, .tools, .letter-chips, .nav, textarea") && rects.some((r) => r.right > seen + 1 || (r.left < -1 && r.right > 0))) say("outside", holder, node.data);
    if (lines.length < 2500) for (const r of rects) lines.push([r, node, holder]);
    // Where its lines end.
    if (tall > 1 && /[\u0e00-\u0e7f]{2}/.test(node.data) && node.data.length < 1500) {
      let last = null;
      for (let at = 0; at < node.data.length; at += 1) {
        if (/\s/.test(node.data[at])) continue;
        range.setStart(node, at); range.setEnd(node, at + 1);
        const r = range.getBoundingClientRect();
        if (!r.width) continue;
        if (last !== null && r.top > last.bottom - 4 && at > 0 && /[\u0e00-\u0e7f]/.test(node.data[at]) && /[\u0e00-\u0e7f]/.test(node.data[at - 1])) broken.push([name(holder), node.data, at]);
        if (last === null || r.height > 4) last = r;
      }
    }
  }
  lines.sort((a, b) => a[0].top - b[0].top);
  for (let i = 0; i < lines.length; i += 1) {
    for (let j = i + 1; j < lines.length && lines[j][0].top < lines[i][0].bottom - 5; j += 1) {
      const [a, nodeA, holderA] = lines[i], [b, nodeB, holderB] = lines[j];
      if (nodeA === nodeB) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const floats = (e) => { for (let x = e; x; x = x.parentElement) if (/fixed|sticky/.test(getComputedStyle(x).position)) return true; return false; };
      if (across > 4 && down > Math.min(a.height, b.height) * 0.55 && !floats(holderA) && !floats(holderB)) say("words over words", holderA, `${nodeA.data.trim().slice(0, 30)} | ${nodeB.data.trim().slice(0, 30)} (${name(holderB)})`);
    }
  }

  // What can be pressed.
  const press = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, label.pill")].filter((e) => shown(e) && !quiet(e) && !e.closest("[data-map], .leaflet-container"));
  const boxes = press.map((e) => [e.getBoundingClientRect(), e]).filter(([r]) => r.width > 1 && r.height > 1).sort((a, b) => a[0].top - b[0].top);
  for (let i = 0; i < boxes.length; i += 1) {
    const [a, first] = boxes[i];
    const inline = getComputedStyle(first).display === "inline";
    if (innerWidth < 500 && !inline && a.height < 32 && !/checkbox|radio|file/.test(first.type ?? "") && !first.closest("table, p, .eyebrow, nav.crumbs, .small") ) say("small", first, `${Math.round(a.width)}×${Math.round(a.height)} ${first.textContent}`);
    for (let j = i + 1; j < boxes.length && boxes[j][0].top < a.bottom - 2; j += 1) {
      const [b, second] = boxes[j];
      if (first.contains(second) || second.contains(first)) continue;
      if (first.closest("label") && first.closest("label") === second.closest("label")) continue;
      const floats = (e) => { for (let x = e; x; x = x.parentElement) if (/fixed|sticky/.test(getComputedStyle(x).position)) return true; return false; };
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 3 && down > 3 && !floats(first) && !floats(second) && getComputedStyle(first).opacity !== "0" && getComputedStyle(second).opacity !== "0") say("press over press", first, `${first.textContent.trim().slice(0, 30)} | ${second.textContent.trim().slice(0, 30)} (${name(second)})`);
    }
  }
  for (const image of document.images) if (image.complete && !image.naturalWidth && shown(image) && image.getAttribute("src")) say("no picture", image, image.src);
  for (const box of document.querySelectorAll("input[placeholder]")) {
    if (!shown(box) || box.value) continue;
    const style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    if (pen.measureText(box.placeholder).width > box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 2) say("example cut", box, box.placeholder);
  }
  for (const box of document.querySelectorAll("select")) {
    if (!shown(box) || box.multiple || !box.selectedOptions[0]) continue;
    const style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    if (pen.measureText(box.selectedOptions[0].text.trim()).width > box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 2 && !box.closest("[title]")) say("choice cut", box, box.selectedOptions[0].text);
  }
  return { found, broken, high: document.documentElement.scrollHeight };
}
