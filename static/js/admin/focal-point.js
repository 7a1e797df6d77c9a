// A click in the picture fills the two percentage fields; the fields move the mark.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const picker = document.querySelector("[data-focal-picker]");
  const horizontal = document.querySelector("#id_focal_x");
  const vertical = document.querySelector("#id_focal_y");
  if (!picker || !horizontal || !vertical) {
    return;
  }
  const mark = document.createElement("span");
  mark.className = "focal-mark";
  picker.append(mark);

  const place = () => {
    mark.style.left = `${horizontal.value}%`;
    mark.style.top = `${vertical.value}%`;
  };
  const percent = (part, whole) => Math.min(100, Math.max(0, Math.round((100 * part) / whole)));

  picker.addEventListener("click", (event) => {
    const frame = picker.getBoundingClientRect();
    horizontal.value = percent(event.clientX - frame.left, frame.width);
    vertical.value = percent(event.clientY - frame.top, frame.height);
    horizontal.dispatchEvent(new Event("input", { bubbles: true }));
    place();
  });
  horizontal.addEventListener("input", place);
  vertical.addEventListener("input", place);
  place();
});
