// Leaving a changed form asks first. The browser words the question itself.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".change-form #content-main > form");
  if (!form) {
    return;
  }
  const wasRefused = form.querySelector(".errornote") !== null;
  let before = null;
  let submitting = false;

  const contents = () => {
    const fields = [...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]);
    return new URLSearchParams(fields).toString();
  };

  // By the editor's first touch, all widgets have settled: some write into their fields as the page starts.
  for (const touch of ["pointerdown", "keydown"]) {
    document.addEventListener(touch, () => {
      before ??= contents();
    }, { capture: true });
  }
  form.addEventListener("submit", () => {
    submitting = true;
  });
  window.addEventListener("beforeunload", (event) => {
    const changed = wasRefused || (before !== null && contents() !== before);
    if (changed && !submitting) {
      event.preventDefault();
    }
  });
});
