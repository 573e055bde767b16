/* The designer of badges: draws again at each choice. Without this file, « Voir l’aperçu » does. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-designer]");
  const drawn = document.querySelector("[data-drawn]");
  if (!form || !drawn) return;
  const said = document.querySelector("[data-drawn-said]");
  const button = form.querySelector("[data-preview]");
  if (button) button.hidden = true;
  let waiting = 0;

  const draw = () => {
    const chosen = new FormData(form);
    const query = new URLSearchParams({ level: form.dataset.level });
    for (const name of ["shape", "colour", "pictogram", "title"]) query.set(name, chosen.get(name) || "");
    drawn.src = `${form.dataset.designer}?${query}`;
    drawn.alt = chosen.get("title") || "";
    if (said) said.textContent = said.dataset.drawnSaid;
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 250);
  });
})();
