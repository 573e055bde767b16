/* A person's own phone without network: one page kept, and answers that wait. What is about the person
   is kept by the page (js/offline.js) under "portal-own" and "portal-waiting". */
"use strict";
const PAGE = "{% url 'portal_offline' %}";
const FILES = {{ files|safe }};
const DRAWN = "portal-files-{{ version }}", WAITING = "portal-waiting";
// « Je viens », « Je ne peux pas », « Appelez-moi »: the last answer to one thing replaces the others.
const ANSWER = /^(\/portail\/(?:rendez-vous\/\d+|activites\/\d+|inscriptions\/\d+|rappel)\/)(?:oui\/|non\/|retirer\/)?$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(DRAWN).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("portal-files-") && name !== DRAWN;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const later = async (about, to, body) => {
  try {
    const headers = { "X-To": to, "X-Answer": crypto.randomUUID() };
    await (await caches.open(WAITING)).put(about, new Response(body, { headers }));
    return "";
  } catch {
    return "#plein"; // no room: the page says that it is not kept
  }
};

const answer = async (request, about) => {
  const body = request.clone().text();
  try {
    return await fetch(request);
  } catch {
    const told = await later(about, new URL(request.url).pathname, await body);
    return Response.redirect(PAGE + told, 303);
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (FILES.includes(url.pathname)) {
    event.respondWith(caches.match(request.url).then((found) => found || fetch(request)));
  } else if (request.mode === "navigate") {
    const about = ANSWER.exec(url.pathname);
    if (request.method === "GET") {
      event.respondWith(fetch(request).catch(() => caches.match(PAGE).then((kept) => kept || Response.error())));
    } else if (about) {
      event.respondWith(answer(request, about[1]));
    }
  }
});
