// data-when="field value value": shown while the field of that name has one of the values.

function valueOf(form, name) {
  return form.querySelector(`[name="${name}"]:checked`)?.value ?? form.elements[name]?.value ?? "";
}

export function startWhen(form) {
  const parts = [...form.querySelectorAll("[data-when]")];
  const set = () => {
    for (const part of parts) {
      const [name, ...values] = part.dataset.when.split(" ");
      const wrong = part.querySelector(".has-error") !== null;
      part.hidden = !wrong && !values.includes(valueOf(form, name));
    }
  };
  set();
  form.addEventListener("change", set);
}
