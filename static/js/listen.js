/* Reading aloud: a button per block, shown only where the phone has a voice for its language. A page
   places its buttons ([data-listen]), or lends one ([data-listen-button]) for each of its blocks. */
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;

  const lent = document.querySelector("[data-listen-button]");
  if (lent) {
    document.querySelectorAll("main .box[aria-labelledby]").forEach((box, number) => {
      const heading = document.getElementById(box.getAttribute("aria-labelledby"));
      if (heading.matches(".visually-hidden, .visually-hidden *")) return;
      const button = lent.content.firstElementChild.cloneNode(true), row = document.createElement("div");
      box.id = box.id || `bloc-${number}`;
      button.dataset.listen = box.id;
      button.setAttribute("aria-describedby", heading.id);
      row.className = "heard";
      heading.replaceWith(row);
      row.append(heading, button);
    });
  }

  const buttons = [...document.querySelectorAll("[data-listen]")];
  const block = (button) => document.getElementById(button.dataset.listen);
  const languageOf = (element) => element.closest("[lang]").lang.slice(0, 2).toLowerCase();
  const voiceFor = (language) =>
    speech.getVoices().find((voice) => voice.lang.slice(0, 2).toLowerCase() === language);

  const show = () => {
    buttons.forEach((button) => {
      const element = block(button);
      button.hidden = !element || !voiceFor(languageOf(element));
    });
  };

  // What one would say of the page: its sentences, not its buttons.
  const ACTS = "button, form, audio, .btn, .answer, [hidden]";
  const words = (element) => {
    if (!lent) return element.innerText;
    const parts = [...element.querySelectorAll("h1, h2, h3, p, li, dt, dd")];
    return parts.filter((part) => !part.closest(ACTS) && !part.querySelector("p, li"))
      .map((part) => part.innerText.trim()).filter(Boolean).join("\n");
  };

  // One block at a time; the button of the one being read says how to stop.
  let reading = null;
  const rest = () => {
    if (reading) {
      reading.querySelector("span").textContent = reading.dataset.said;
      reading.setAttribute("aria-pressed", "false");
    }
    reading = null;
  };
  const read = (button) => {
    const element = block(button), language = languageOf(element);
    const said = new window.SpeechSynthesisUtterance(words(element));
    said.voice = voiceFor(language);
    said.lang = said.voice.lang;
    said.rate = 0.9;
    said.onend = said.onerror = () => { if (reading === button) rest(); };
    const word = button.querySelector("span");
    button.dataset.said = button.dataset.said || word.textContent;
    word.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    reading = button;
    speech.speak(said);
  };

  buttons.forEach((button) => {
    button.addEventListener("click", () => {
      const again = reading === button;
      speech.cancel();
      rest();
      if (!again) read(button);
    });
  });
  window.addEventListener("pagehide", () => speech.cancel());
  if (speech.addEventListener) speech.addEventListener("voiceschanged", show);
  show();
})();
