/* Telling: the voice recorded in the page, words kept as they come, skills found by a word.
   Without this file: a file to choose, and everything is sent with the button. */
(() => {
  "use strict";
  const said = (element, name) => element.dataset[name];

  // -- The voice -------------------------------------------------------------------------------
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

  const recorder = (box) => {
    const part = (name) => box.querySelector(`[data-${name}]`);
    const most = Number(box.dataset.most);
    const input = part("file").querySelector("input[type=file]");
    const start = part("start"), stop = part("stop"), again = part("again");
    const told = part("told"), time = part("time"), player = part("player");
    let media = null, ticking = 0, began = 0;

    const show = (state) => {
      start.hidden = state !== "ready";
      stop.hidden = state !== "recording";
      again.hidden = player.hidden = state !== "done";
      part("clock").hidden = state === "ready";
      told.textContent = said(box, state);
    };
    const tick = () => {
      const seconds = Math.min(most, Math.floor((Date.now() - began) / 1000));
      time.textContent = clock(seconds);
      if (seconds >= most) finish();
    };
    const finish = () => {
      clearInterval(ticking);
      if (media && media.state !== "inactive") media.stop();
    };
    const keep = (blob) => {
      const files = new DataTransfer();
      files.items.add(new File([blob], "voix", { type: blob.type }));
      input.files = files.files;
      if (player.src) URL.revokeObjectURL(player.src);
      player.src = URL.createObjectURL(blob);
      show("done");
    };
    const record = async () => {
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        told.textContent = said(box, "refused");
        part("file").open = true;
        return;
      }
      const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
      media = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
      const pieces = [];
      media.ondataavailable = (event) => pieces.push(event.data);
      media.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        keep(new Blob(pieces, { type: media.mimeType }));
      };
      media.start(1000);
      began = Date.now();
      time.textContent = clock(0);
      ticking = setInterval(tick, 250);
      show("recording");
      stop.focus();
    };
    start.addEventListener("click", record);
    again.addEventListener("click", () => { player.pause(); record(); });
    stop.addEventListener("click", finish);
    box.closest("form").addEventListener("submit", (event) => {
      if (!media || media.state === "inactive") return;
      event.preventDefault();  // sent while it still records: first one listens
      finish();
    });
    part("live").hidden = false;
    part("file").open = !!part("file").querySelector(".wrong");
    show("ready");
  };
  if (window.MediaRecorder && navigator.mediaDevices && window.DataTransfer) {
    document.querySelectorAll("[data-recorder]").forEach(recorder);
  }

  // -- Words: how many are left, and kept as they come -------------------------------------------
  document.querySelectorAll("textarea[data-counted]").forEach((area) => {
    const left = document.createElement("p");
    left.className = "small quiet counter";
    area.after(left);
    const form = area.closest("form");
    const count = () => {
      const rest = area.maxLength - area.value.length;
      const long = area.value.length > Number(area.dataset.counted);
      left.textContent = long ? said(form, "left").replace("0", rest) : "";
    };
    area.addEventListener("input", count);
    count();
  });

  const form = document.querySelector("form[data-draft]");
  if (form) {
    const state = form.querySelector("[data-draft-told]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    let waiting = 0;
    const keep = async () => {
      const words = new URLSearchParams({ csrfmiddlewaretoken: token });
      form.querySelectorAll("textarea").forEach((area) => words.set(area.name, area.value));
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: words, redirect: "error" });
        state.textContent = said(form, answer.ok ? "kept" : "unkept");
      } catch {
        state.textContent = said(form, "unkept");
        waiting = setTimeout(keep, 10000);
      }
    };
    form.addEventListener("input", (event) => {
      if (event.target.tagName !== "TEXTAREA") return;
      clearTimeout(waiting);
      waiting = setTimeout(keep, 1500);
    });
    form.addEventListener("submit", () => clearTimeout(waiting));
  }

  // -- Skills ------------------------------------------------------------------------------------
  document.querySelectorAll("[data-find]").forEach((find) => {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const families = [...find.parentElement.parentElement.querySelectorAll("details")];
    const first = families.map((family) => family.open);
    find.parentElement.hidden = false;
    find.addEventListener("input", () => {
      const wanted = plain(find.value.trim());
      families.forEach((family, number) => {
        let shown = 0;
        family.querySelectorAll("label").forEach((label) => {
          const fits = plain(label.textContent).includes(wanted);
          label.parentElement.hidden = !fits;
          shown += fits;
        });
        family.hidden = !shown;
        family.open = wanted ? true : first[number];
      });
    });
  });
})();
