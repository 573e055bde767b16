/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  const openDrops = () => document.querySelectorAll("details.drop[open]");

  document.addEventListener("click", (event) => {
    openDrops().forEach((drop) => {
      if (!drop.contains(event.target)) drop.open = false;
    });
    if (event.target.closest("[data-print]")) window.print();
    const all = event.target.closest("[data-check-all]");
    if (all) checkAll(all.form);
  });

  // All boxes of a form, or none when they all were.
  const checkAll = (form) => {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const checked = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = checked; });
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openDrops().forEach((drop) => {
      const hadFocus = drop.contains(document.activeElement);
      drop.open = false;
      if (hadFocus) drop.querySelector("summary").focus();
    });
  });

  // Leaving: what a phone keeps of registers goes, unless something is not sent yet (js/register.js).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-leaving]")) return;
    const who = (document.cookie.match(/(?:^|;\s*)rtr_ici=([0-9a-f]+)/) || [])[1];
    if (!who || !window.indexedDB) return;
    const base = `registers-${who}`, count = Number(localStorage.getItem(base) || 0);
    if (!count) {
      indexedDB.deleteDatabase(base);
      localStorage.removeItem(base);
    } else if (!window.confirm(form.dataset.leaving.replace("{n}", count))) {
      event.preventDefault();
    }
  });

  // A second press on the same button would send the form twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const posts = (form.getAttribute("method") || "").toLowerCase() === "post";
    if (event.defaultPrevented || !posts) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(release, 8000); // a download or a lost connection leaves the page where it is
  });

  // Coming back with the browser's arrow shows the page as it was left: let it be sent again.
  const release = () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    });
  };
  window.addEventListener("pageshow", release);

  // Buttons that need this file show themselves, in what htmx brings too.
  const reveal = () => {
    document.querySelectorAll("[data-print], [data-check-all]").forEach((button) => {
      button.removeAttribute("hidden");
    });
  };
  document.addEventListener("htmx:afterSettle", reveal);
  reveal();

  // After a refused form, the summary of what to correct is read first.
  const summary = document.querySelector(".errors[tabindex]");
  if (summary) summary.focus();
})();
