/* Passkeys: the browser makes one or shows one, and its answer leaves with the form.
   Without this file nothing of it is shown: the other ways of signing in remain. */
(() => {
  "use strict";

  const keys = window.webauthnJSON;
  if (!keys || !window.PublicKeyCredential) return;

  // What the server asks: written in the page, or given by an address of its own.
  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  // A key that opens by itself: kept by the device, behind its finger or its code.
  const made = (asked) => {
    Object.assign(asked.publicKey.authenticatorSelection, {
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    });
    return keys.create(asked);
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const field = form.querySelector("input[name=credential]");
    const failed = form.querySelector("[data-passkey-failed]");
    form.removeAttribute("hidden");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const asked = await options(form);
        const answer = await (form.dataset.passkey === "create" ? made(asked) : keys.get(asked));
        field.value = JSON.stringify(answer);
        form.submit();
      } catch {
        failed.hidden = false; // refused, too slow, or no key here
      }
    });
  });
})();
