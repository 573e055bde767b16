/* What a phone keeps of registers: sheets (numbers, nicknames, presences) and gestures to send.
   One database per person who is here, named by the opaque word of a cookie (rtr/lib/here.py). */
(() => {
  "use strict";

  const PREFIX = "registers-";
  const who = () => (document.cookie.match(/(?:^|;\s*)rtr_ici=([0-9a-f]+)/) || [])[1] || "";

  const promised = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  const opened = async (name) => {
    const request = indexedDB.open(PREFIX + name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("sheets", { keyPath: "pk" });
      request.result.createObjectStore("queue", { keyPath: "id" });
    };
    const base = await promised(request);
    base.onversionchange = () => base.close();
    return base;
  };

  // Sign-out reads this count without opening anything (js/rtr.js).
  const remember = (name, count) => {
    try {
      localStorage.setItem(PREFIX + name, String(count));
    } catch {
      // a browser that keeps nothing: the page goes on without
    }
  };

  // Sheets of others who signed in on this phone go; gestures they have not sent stay theirs.
  const tidy = async (name) => {
    if (!indexedDB.databases) return;
    for (const { name: found } of await indexedDB.databases()) {
      if (!found || !found.startsWith(PREFIX) || found === PREFIX + name) continue;
      if (Number(localStorage.getItem(found) || 0) === 0) indexedDB.deleteDatabase(found);
    }
  };

  class Store {
    constructor(name, base) {
      this.who = name;
      this.base = base;
    }

    table(name, mode) {
      return this.base.transaction(name, mode).objectStore(name);
    }

    sheet(pk) { return promised(this.table("sheets", "readonly").get(pk)); }
    sheets() { return promised(this.table("sheets", "readonly").getAll()); }
    keepSheet(sheet) { return promised(this.table("sheets", "readwrite").put(sheet)); }

    async gestures() {
      const all = await promised(this.table("queue", "readonly").getAll());
      return all.sort((one, other) => one.at.localeCompare(other.at));
    }

    async keep(gesture) {
      await promised(this.table("queue", "readwrite").put(gesture));
      remember(this.who, (await this.gestures()).length);
    }

    async drop(id) {
      await promised(this.table("queue", "readwrite").delete(id));
      remember(this.who, (await this.gestures()).length);
    }
  }

  window.RegisterStore = {
    who,
    async open() {
      const name = who();
      if (!name || !window.indexedDB) return null;
      await tidy(name);
      return new Store(name, await opened(name));
    },
  };
})();
