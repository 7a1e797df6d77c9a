// Leaving a changed form asks first. The browser words the question itself.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#content-main form[method=post]");
  if (!form) {
    return;
  }
  let changed = form.querySelector(".errornote") !== null;
  let submitting = false;

  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => {
      changed = true;
    });
  }
  // The stock admin's widgets announce their changes through jQuery only.
  django.jQuery(form).on("change", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    submitting = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !submitting) {
      event.preventDefault();
    }
  });
});
