/* A phone that may be somebody else's: any gesture keeps the page, none closes it; said a minute
   before. Without this file the server closes it, at the next page. */
(() => {
  "use strict";
  const box = document.querySelector("[data-idle]"), end = box.dataset.idle * 1e3;
  let since = Date.now(), touched = 0, asking = 0;

  const stay = () => fetch(box.dataset.stay, { redirect: "error" }).then(() => { since = Date.now(); });
  const chose = (form) => [...form.querySelectorAll("[type=file]")].some((field) => field.files.length);
  const wrote = (form) => form.csrfmiddlewaretoken && form !== box
    && (chose(form) || [...form.querySelectorAll("textarea, input:not([type=hidden]):not([type=file])")]
      .some((field) => field.value !== field.defaultValue));
  const close = () => {
    const form = [...document.forms].find(wrote) || box;
    const path = Object.assign(document.createElement("input"), { type: "hidden", name: "rtr_path" });
    path.value = location.pathname;
    form.append(path);
    for (const [name, value] of [["action", box.getAttribute("action")], ["method", "post"],
      ["enctype", chose(form) ? "multipart/form-data" : "application/x-www-form-urlencoded"]]) {
      form.setAttribute(name, value);
    }
    document.body.hidden = true;  // a voice takes its time on a poor network
    HTMLFormElement.prototype.submit.call(form);
  };
  for (const name of ["input", "click", "keydown", "touchstart"]) {
    addEventListener(name, () => { touched = Date.now(); }, { passive: true });
  }
  const watch = setInterval(() => {
    const now = Date.now();
    if (document.querySelector("[data-recorder] [data-stop]:not([hidden])")) touched = now;  // a voice is recorded
    if (touched > since && now - since > 6e4 && now - asking > 1e4) {
      asking = now;
      stay().catch(() => {});
    }
    box.hidden = now - since < end - 6e4;
    if (now - since >= end) {
      clearInterval(watch);
      close();
    }
  }, 1000);
})();
