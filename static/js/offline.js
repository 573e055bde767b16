/* A person's own phone: the page without network kept fresh, answers that waited sent once.
   On a phone of others nothing is kept. */
(async () => {
  "use strict";
  const { who, own, keeps, now } = document.currentScript.dataset;
  const box = document.querySelector("[data-waiting]"), PAGE = "/portail/hors-ligne/", NAME = "/portail/qui";
  const tell = (name, count) => {
    box.querySelector("span").textContent = box.dataset[name].replace("{n}", count);
    box.hidden = false;
  };
  if (now && Math.abs(Date.now() / 1e3 - now) > 43200) tell("clock");
  const workers = navigator.serviceWorker;
  if (!window.caches || !workers) return;

  const empty = async () => {
    for (const name of await caches.keys()) if (name.startsWith("portal-")) await caches.delete(name);
  };
  const forget = async () => {
    await empty();
    const worker = await workers.getRegistration(PAGE);
    if (worker) await worker.unregister();
  };

  // Another person on this phone: nothing of the first one is shown, nor sent.
  const whose = await caches.match(NAME);
  if (who && whose && (await whose.text()) !== who) await forget();

  if (own) {
    try {
      await workers.register("/portail/hors-ligne.js");
      const kept = await caches.open("portal-own"), page = await kept.match(PAGE);
      await kept.put(NAME, new Response(who));
      if (location.pathname === "/portail/" || !page
        || page.headers.get("Content-Language") !== document.documentElement.lang) {
        const fresh = await fetch(PAGE);
        if (fresh.ok && !fresh.redirected) await kept.put(PAGE, fresh);
      }
    } catch {
      if (keeps && navigator.onLine) tell("full");
    }
  }

  const post = async (cache, request) => {
    const kept = await cache.match(request), body = new URLSearchParams(await kept.text());
    body.set("csrfmiddlewaretoken", (document.cookie.match(/csrftoken=(\w+)/) || [])[1]);
    const headers = { "X-Answer": kept.headers.get("X-Answer"), "X-Who": who };
    const { status } = await fetch(kept.headers.get("X-To"), { method: "POST", body, headers, redirect: "manual" });
    const held = status === 401 || status === 403 || status > 499;
    if (!held) await cache.delete(request);
    return held;
  };
  const send = async () => {
    const cache = await caches.open("portal-waiting"), all = await cache.keys();
    if (!all.length) return;
    tell(who || !now ? "waiting" : "held", all.length);
    if (!who || !navigator.onLine) return;
    try {
      for (const one of all) if (await post(cache, one)) return tell("held", all.length);
      box.hidden = true;
      if (own) location.replace("/portail/"); // says what became of them
    } catch {
      // no network after all: they wait
    }
  };
  // The page without network goes once the network truly answers, even if it came back unheard.
  const back = () => fetch("/portail/hors-ligne.js", { cache: "no-store" })
    .then(() => location.replace("/portail/"), () => setTimeout(back, 3e3));
  addEventListener("online", () => { if (now) send(); else back(); });
  if (!now && navigator.onLine) setTimeout(back, 3e3);
  // The worker goes once the answer is there, not while the browser clears everything by itself.
  addEventListener("submit", (event) => { if (event.target.matches("[action$='/quitter/']")) empty(); });
  if (location.search.includes("au-revoir")) return forget();
  if (own || whose) send();
})();
