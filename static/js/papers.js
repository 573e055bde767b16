/* Makes a photograph light before it leaves the phone. Without this file it is sent as it is. */
(() => {
  "use strict";

  const WANTED = 300 * 1024;
  const SIDES = [1600, 1200, 900];
  const QUALITIES = [0.82, 0.7, 0.55];

  const drawn = (image, side, quality) => {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => { canvas.toBlob(done, "image/jpeg", quality); });
  };

  const lighter = async (file) => {
    const image = await createImageBitmap(file);
    let blob = null;
    for (const side of SIDES) {
      for (const quality of QUALITIES) {
        blob = await drawn(image, side, quality);
        if (blob && blob.size <= WANTED) return blob;
      }
    }
    return blob;
  };

  // A form sent meanwhile sends the photograph as it was taken: the server redraws it anyway.
  document.addEventListener("change", async (event) => {
    const input = event.target;
    const file = input.type === "file" && input.files[0];
    if (!file || file.size <= WANTED || file.type === "application/pdf") return;
    try {
      const blob = await lighter(file);
      if (!blob || blob.size >= file.size || input.files[0] !== file) return;
      const files = new DataTransfer();
      files.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
      input.files = files.files;
    } catch {
      // not a photograph that this browser can read: the server will say so
    }
  });
})();
