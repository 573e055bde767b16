/* Registers without network: this folder only. What is kept is the empty sheet and its files, the same for everybody; people's numbers and nicknames are in js/register-store.js, under who is here. */
"use strict";
const SHELL = "{% url 'register_shell' %}";
const FILES = {{ assets|safe }};
const KEPT = "registers-{{ version }}";
const PAGE = /^\/registres\/(\d+\/)?$/;
const PATIENCE = 4000; // milliseconds

self.addEventListener("install", (event) => {
  const fresh = [SHELL, ...FILES].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("registers-") && name !== KEPT;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The network first; the empty sheet when it does not come, or not in time.
const page = (request) => {
  const late = new Promise((_done, fail) => { setTimeout(fail, PATIENCE); });
  return Promise.race([fetch(request), late]).catch(() => caches.match(SHELL));
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (PAGE.test(url.pathname)) event.respondWith(page(request));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((found) => found || fetch(request)));
  }
});
