// Charts as PNG: the picture that the SVG file shows, drawn at twice its size by the browser.
"use strict";

(() => {
  const SCALE = 2;

  function drawn(address) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => reject(new Error(address));
      image.src = address;
    });
  }

  async function save(button) {
    const image = await drawn(button.dataset.svg);
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${button.dataset.name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  for (const button of document.querySelectorAll("button.png")) {
    button.hidden = false;
    button.addEventListener("click", () => save(button));
  }
})();
