// The measures that belong to the chosen sub-kind stand first; others and their numbers stay in the fold.
export function startMeasures(form) {
  const belong = JSON.parse(form.dataset.measures || "{}");
  const first = form.querySelector("#measures [data-first]");
  const rest = form.querySelector("#measures [data-rest]");
  if (!first || !rest) return;
  const box = (code) => form.elements[`measure_${code}`]?.closest(".field");
  const arrange = () => {
    const wanted = (belong[form.elements.sub_kind.value] || []).map(box).filter(Boolean);
    if (!wanted.length) return;
    for (const field of [...first.children]) if (!wanted.includes(field) && !field.querySelector("input").value) rest.append(field);
    first.prepend(...wanted);
  };
  form.elements.sub_kind.addEventListener("change", arrange);
  form.addEventListener("record:filled", arrange);
  arrange(); // what was brought back before
}
