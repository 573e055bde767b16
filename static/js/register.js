/* A register by thumb, with or without network. Without this file every tap is a plain form. */
(async () => {
  "use strict";

  const main = document.querySelector("[data-sheet]");
  const json = (id) => {
    const found = document.getElementById(id);
    return found ? JSON.parse(found.textContent) : null;
  };
  const words = json("mots");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, key) => values[key]);
  const by = (id) => document.getElementById(id);
  const said = (element, text) => {
    element.hidden = !text;
    element.querySelector("[data-said]").textContent = text;
  };
  const pk = Number((location.pathname.match(/^\/registres\/(\d+)\/$/) || [])[1] || 0);

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/registres/hors-ligne.js").catch(() => {});
  }
  const store = await window.RegisterStore.open();
  const fresh = json("feuille");
  if (fresh && (!store || fresh.who !== store.who)) return; // plain forms do

  let sheet = fresh;
  let queue = store ? await store.gestures() : [];
  let last = null; // the gesture that « Annuler » takes back
  let state = "";
  let sending = false;
  let again = false;

  // -- Durations, states ------------------------------------------------------------------------

  const long = (minutes) => {
    if (!minutes) return "";
    const hours = Math.floor(minutes / 60), left = minutes % 60;
    if (!hours) return `${left}\u00a0min`;
    return `${hours}\u00a0h${left ? `\u00a0${String(left).padStart(2, "0")}` : ""}`;
  };
  const spoken = (a, m) => (m ? `${words[a]}, ${long(m)}` : words[a]);
  const mine = () => queue.filter((one) => one.pk === pk);
  const markOf = (n) => mine().find((one) => one.kind === "mark" && one.n === n);

  // What the sheet says once what was tapped here is laid over it.
  const rows = () => {
    const shown = sheet.rows.map((row) => {
      const tapped = markOf(row.n);
      if (!tapped) return { ...row };
      const conflict = tapped.theirs ? { theirs: tapped.theirs, tapped } : {};
      return { ...row, a: tapped.a, m: tapped.m, kept: true, w: row.w && tapped.a !== "present", ...conflict };
    });
    mine().filter((one) => one.kind === "walk_in").forEach((one) => {
      shown.push({ n: "", name: one.name, a: "present", m: sheet.planned, kept: true, id: one.id });
    });
    return shown;
  };

  // -- Drawing ------------------------------------------------------------------------------------

  const model = by("ligne").content.firstElementChild;
  const draw = (row, li) => {
    li.dataset.n = row.n;
    li.dataset.a = row.a;
    li.toggleAttribute("data-kept", Boolean(row.kept));
    li.querySelector("[name=number]").value = row.n;
    li.querySelector("[data-number]").textContent = row.n || "+";
    li.querySelectorAll("[data-name]").forEach((name) => { name.textContent = row.name; });
    li.querySelector("[data-long]").textContent = long(row.m);
    const field = li.querySelector("[name=minutes]");
    if (document.activeElement !== field) field.value = row.m || sheet.planned;
    li.querySelector(".sheet-more").hidden = !row.n;
    const choice = li.querySelector(".sheet-choice");
    choice.hidden = !row.theirs;
    if (row.theirs) {
      choice.querySelector("[data-said]").textContent = fill(words.theirs, {
        by: row.theirs.by,
        theirs: spoken(row.theirs.a, row.theirs.m),
        mine: spoken(row.tapped.a, row.tapped.m),
      });
    }
    return li;
  };

  const list = (ul, shown) => {
    const there = [...ul.children];
    shown.forEach((row, place) => draw(row, there[place] || ul.appendChild(model.cloneNode(true))));
    there.slice(shown.length).forEach((li) => li.remove());
  };

  const render = () => {
    if (!sheet) return;
    const all = rows();
    const inside = all.filter((row) => !row.w), waiting = all.filter((row) => row.w);
    list(by("lignes"), inside);
    list(by("attente").querySelector("ul"), waiting);
    by("attente").hidden = !waiting.length;
    const present = inside.filter((row) => row.a === "present").length;
    main.querySelector("[data-count]").textContent =
      fill(words[present > 1 ? "count_n" : "count_1"], { p: present, t: inside.length });
    const beyond = present - sheet.places;
    main.querySelector("[data-beyond]").textContent =
      beyond > 0 ? fill(words.beyond, { n: beyond, places: sheet.places }) : "";
    by("tous").hidden = !inside.some((row) => row.a === "registered");
    tellState();
  };

  const tellState = () => {
    const count = queue.length, line = by("etat");
    const plural = count > 1 ? "n" : String(count);
    const offline = !navigator.onLine || state === "offline";
    let text = words.saved, name = "saved";
    if (state === "signed_out" || state === "closed") [text, name] = [words[state], "held"];
    else if (queue.some((one) => one.theirs)) [text, name] = [words.choose, "held"];
    else if (offline) [text, name] = [fill(words[`offline_${plural}`], { n: count }), "offline"];
    else if (sending) [text, name] = [words.sending, "sending"];
    else if (count) [text, name] = [fill(words[`waiting_${plural}`], { n: count }), "held"];
    line.dataset.state = name;
    const out = line.querySelector("[data-said]");
    if (out.textContent !== text) out.textContent = text;
    by("envoyer").hidden = sending || !navigator.onLine || !queue.some((one) => !one.theirs);
    document.querySelectorAll("[data-online]").forEach((part) => { part.hidden = offline; });
  };

  const tell = (text, gesture) => {
    last = gesture || null;
    said(by("fait"), text);
    by("fait").querySelector("button").hidden = !gesture;
  };

  // -- Keeping, sending -----------------------------------------------------------------------------

  const keep = async (gesture) => {
    queue = queue.filter((one) => one.id !== gesture.id).concat(gesture);
    if (store) await store.keep(gesture);
  };
  const drop = async (id) => {
    queue = queue.filter((one) => one.id !== id);
    if (store) await store.drop(id);
  };
  const now = () => new Date().toISOString();
  const made = (kind, more) => ({ id: crypto.randomUUID(), pk, kind, at: now(), ...more });

  const token = () => (document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/) || [])[1] || "";
  const post = (of, gestures) => fetch(`/registres/${of}/synchro/`, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ who: store.who, gestures }),
  });

  const settle = async (answer) => {
    for (const result of answer.results) {
      const sent = queue.find((one) => one.id === result.id);
      if (!sent) continue;
      if (result.result === "conflict") await keep({ ...sent, theirs: result.theirs });
      else if (result.result === "full") { await drop(sent.id); askBeyond(sent.name, result.said); }
      else {
        await drop(sent.id);
        if (result.result !== "done") { tell(""); said(by("carte"), result.said); by("venue").open = true; }
      }
    }
    if (answer.sheet) {
      if (answer.sheet.pk === pk) sheet = answer.sheet;
      await store.keepSheet(answer.sheet);
    }
  };

  const send = async (anyway) => {
    if (!store || !(navigator.onLine || anyway)) { tellState(); return; }
    if (sending) { again = true; return; }
    const ready = queue.filter((one) => !one.theirs);
    if (!ready.length) { render(); return; }
    sending = true;
    tellState();
    for (const of of new Set(ready.map((one) => one.pk))) {
      try {
        const response = await post(of, ready.filter((one) => one.pk === of));
        if (response.type === "opaqueredirect" || response.status === 403) state = "signed_out";
        else if (response.status === 404 || response.status === 409) state = "closed";
        else if (!response.ok) state = "offline";
        else { state = ""; await settle(await response.json()); }
      } catch {
        state = "offline";
      }
    }
    sending = false;
    render();
    if (again) { again = false; send(); }
  };

  // -- Gestures -----------------------------------------------------------------------------------------

  const rowOf = (n) => sheet.rows.find((row) => row.n === n);
  const mark = async (n, a, m, seen) => {
    const row = rowOf(n), before = markOf(n);
    const was = before ? { a: before.a, m: before.m } : { a: row.a, m: row.m };
    if (before) await drop(before.id);
    const minutes = a === "present" ? m || sheet.planned : null;
    const gesture = made("mark", { n, a, m: minutes, seen: seen ?? (before ? before.seen : row.s) });
    await keep(gesture);
    return { gesture, was, name: row.name };
  };

  const tap = async (n, a, m) => {
    const done = await mark(n, a, m);
    tell(fill(words.done, { name: done.name, state: spoken(a, done.gesture.m) }), { marks: [[n, done.was]] });
    render();
    send();
  };

  const everybody = async () => {
    const marks = [];
    for (const row of rows().filter((one) => one.a === "registered" && !one.w && one.n)) {
      const done = await mark(row.n, "present");
      marks.push([row.n, done.was]);
    }
    tell(words.everybody, { marks });
    render();
    send();
  };

  const undo = async () => {
    const taken = last;
    tell("");
    if (!taken) return;
    for (const [n, was] of taken.marks || []) await mark(n, was.a, was.m);
    if (taken.id) {
      if (queue.some((one) => one.id === taken.id)) await drop(taken.id);
      else await keep(made("remove", { id: taken.id }));
    }
    render();
    send();
  };

  const CODE = /^([\p{L}]{2,16})[\s-]+(\d{4})$/u;
  const askBeyond = (name, text) => {
    by("venue").open = true;
    by("venue").querySelector("[name=who]").value = name;
    said(by("complet"), text);
    by("venue").querySelector("[data-beyond-yes]").hidden = false;
    by("venue").querySelector("[data-add]").hidden = true;
  };
  const settled = () => {
    said(by("complet"), "");
    said(by("carte"), "");
    by("venue").querySelector("[data-beyond-yes]").hidden = true;
    by("venue").querySelector("[data-add]").hidden = false;
  };

  const enters = async (typed, beyond) => {
    const who = typed.trim().replace(/\s+/g, " ").slice(0, 40);
    settled();
    if (!who) { said(by("carte"), words.empty); return; }
    const there = rows().filter((row) => !row.w).length;
    if (!beyond && !CODE.test(who) && (sheet.full || there >= sheet.places)) {
      askBeyond(who, fill(words.full, { places: sheet.places }));
      return;
    }
    const name = CODE.test(who) ? fill(words.card, { code: who.toUpperCase() }) : who;
    const gesture = made("walk_in", { who, name, beyond: Boolean(beyond) });
    await keep(gesture);
    by("venue").querySelector("[name=who]").value = "";
    tell(fill(words.added, { name }), { id: gesture.id });
    render();
    send();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    const li = form.closest(".sheet-row");
    if (!sheet || !store || !(li || form.id === "tous" || form.closest("#venue"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.id === "tous") everybody();
    else if (form.closest("#venue")) enters(form.elements.who.value, button && button.value === "yes");
    else if (li.dataset.n) {
      const more = li.querySelector(".sheet-more");
      const big = button && button.classList.contains("sheet-tap");
      if (big && li.dataset.a === "present") { // the second tap asks; a double one does nothing
        if (Date.now() - Number(li.dataset.at || 0) > 700) more.open = !more.open;
        return;
      }
      li.dataset.at = Date.now();
      const field = Number(form.elements.minutes.value);
      const inside = button && button.closest(".sheet-long");
      more.open = false;
      tap(Number(li.dataset.n), button ? button.value : "present", inside ? field : null);
    }
  }, true);

  document.addEventListener("click", async (event) => {
    const choice = event.target.closest("[data-keep]");
    if (choice) {
      const n = Number(choice.closest(".sheet-row").dataset.n), tapped = markOf(n);
      if (choice.dataset.keep === "mine") await mark(n, tapped.a, tapped.m, tapped.theirs.s);
      else await drop(tapped.id);
      render();
      send();
    } else if (event.target.closest("#fait button")) undo();
    else if (event.target.closest("#envoyer")) send(true);
  });
  window.addEventListener("online", () => { state = ""; send(); });
  window.addEventListener("offline", tellState);

  // -- Cards ----------------------------------------------------------------------------------------------

  const door = by("venue");
  const camera = by("camera"), video = camera.querySelector("video");
  const stop = () => {
    if (video.srcObject) video.srcObject.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    camera.hidden = true;
  };
  const scan = async () => {
    try {
      const reader = new window.BarcodeDetector({ formats: ["qr_code"] });
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      camera.hidden = false;
      await video.play();
      while (video.srcObject) {
        const [found] = await reader.detect(video);
        if (found) { stop(); await enters(found.rawValue, false); return; }
        await new Promise((done) => { setTimeout(done, 250); });
      }
    } catch {
      stop();
      said(by("carte"), words.no_camera);
    }
  };
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    door.querySelector("[data-scan]").hidden = false;
    door.querySelector("[data-scan]").addEventListener("click", scan);
    door.querySelector("[data-scan-stop]").addEventListener("click", stop);
    window.addEventListener("pagehide", stop);
  }

  // -- Opening --------------------------------------------------------------------------------------------

  if (store && sheet) await store.keepSheet(sheet);
  if (store && !sheet && pk) sheet = (await store.sheet(pk)) || null;
  if (sheet && !fresh) { // the empty sheet, filled from the phone
    document.title = sheet.title;
    main.querySelector("[data-title]").textContent = sheet.title;
    main.querySelector("[data-when]").textContent = [sheet.when, sheet.place].filter(Boolean).join(", ");
    main.querySelector("[data-open]").hidden = false;
  } else if (!sheet && pk) {
    said(by("absente"), words.not_here);
  } else if (!pk && store) {
    const kept = await store.sheets();
    const links = by("feuilles");
    links.hidden = !kept.length;
    kept.sort((one, other) => other.on.localeCompare(one.on)).forEach((one) => {
      const link = document.createElement("a");
      link.href = `/registres/${one.pk}/`;
      link.textContent = `${one.title}, ${one.when}`;
      links.appendChild(document.createElement("li")).appendChild(link);
    });
    if (!kept.length) said(by("absente"), words.not_here);
  }
  render();
  tellState();
  send();
})();
