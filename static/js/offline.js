/* A person's own phone: the page without network is kept fresh, answers that waited are sent once.
   Without this file, without room or on a phone of others: nothing is kept. */
(async () => {
  "use strict";
  const { who, own, keeps, now } = document.currentScript.dataset;
  const box = document.querySelector("[data-waiting]");
  const PAGE = "/portail/hors-ligne/", OWN = "portal-own", WAITING = "portal-waiting", NAME = "/portail/qui";
  const tell = (name, count) => {
    box.querySelector("span").textContent = box.dataset[name].replace("{n}", count);
    box.hidden = false;
  };
  if (now && Math.abs(Date.now() / 1e3 - now) > 43200) tell("clock");
  if (!window.caches || !navigator.serviceWorker) return;

  const forget = async () => {
    for (const name of await caches.keys()) if (name.startsWith("portal-")) await caches.delete(name);
    const worker = await navigator.serviceWorker.getRegistration(PAGE);
    if (worker) await worker.unregister();
  };

  // Another person on this phone: nothing of the first one is shown, nor sent.
  const whose = await caches.match(NAME);
  if (who && whose && (await whose.text()) !== who) await forget();

  if (own) {
    try {
      await navigator.serviceWorker.register("/portail/hors-ligne.js");
      const kept = await caches.open(OWN), page = await kept.match(PAGE);
      await kept.put(NAME, new Response(who));
      const isOld = !page || page.headers.get("Content-Language") !== document.documentElement.lang;
      if (isOld || location.pathname === "/portail/") {
        const fresh = await fetch(PAGE);
        if (fresh.ok && !fresh.redirected) await kept.put(PAGE, fresh);
      }
    } catch {
      if (keeps && navigator.onLine) tell("full");
    }
  }

  const waiting = async () => {
    if (!(await caches.has(WAITING))) return [];
    const cache = await caches.open(WAITING);
    return (await cache.keys()).map((request) => ({ cache, request }));
  };
  const post = async ({ cache, request }) => {
    const kept = await cache.match(request), body = new URLSearchParams(await kept.text());
    const csrf = (document.cookie.match(/csrftoken=(\w+)/) || [])[1] || "";
    body.set("csrfmiddlewaretoken", csrf);
    const headers = { "X-Answer": kept.headers.get("X-Answer"), "X-Who": who };
    const { status } = await fetch(kept.headers.get("X-To"), { method: "POST", body, headers, redirect: "manual" });
    if (status === 401 || status === 403) return false;
    if (status < 500) await cache.delete(request);
    return status < 500;
  };
  let sending = false;
  const send = async () => {
    const all = await waiting();
    if (!all.length || sending) return;
    tell(who || !now ? "waiting" : "held", all.length);
    if (!who || !navigator.onLine) return;
    sending = true;
    try {
      for (const one of all) if (!(await post(one))) return tell("held", all.length);
      location.replace("/portail/");
    } catch {
      // no network after all: they wait
    } finally {
      sending = false;
    }
  };
  window.addEventListener("online", () => { if (now) send(); else location.replace("/portail/"); });
  await send();

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[action$='/quitter/']")) forget();
  });
})();
