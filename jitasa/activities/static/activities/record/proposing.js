// The server proposes through htmx, which nothing else of this page needs: it comes when the form can be used.
/** Waits until the page has loaded whole: htmx begins at once then, and looks through all of it. */
export function startProposing() {
  const src = document.querySelector("[data-htmx]")?.dataset.htmx;
  if (!src) return;
  const bring = () => document.head.append(Object.assign(document.createElement("script"), { src }));
  if (document.readyState === "complete") bring();
  else addEventListener("load", bring, { once: true });
}
