// While a date is typed: what else happens within three days in the same town or for the same clusters.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".neighbours");
  const form = box && box.closest("form");
  if (!form) {
    return;
  }
  let asked = question();

  function question() {
    const values = new URLSearchParams();
    for (const name of ["starts_on", "ends_on", "venue"]) {
      const field = form.elements.namedItem(name);
      values.set(name, field ? field.value : "");
    }
    for (const ticked of form.querySelectorAll("input[name=clusters]:checked")) {
      values.append("clusters", ticked.value);
    }
    values.set("event", box.dataset.event);
    return values.toString();
  }

  function show(answer) {
    box.querySelector("p").textContent = answer.words;
    const rows = answer.events.map((event) => {
      const link = document.createElement("a");
      link.href = event.path;
      link.textContent = event.title;
      const row = document.createElement("li");
      row.append(link, ` ${event.note}`);
      return row;
    });
    box.querySelector("ul").replaceChildren(...rows);
  }

  async function ask() {
    const now = question();
    if (now === asked) {
      return;
    }
    asked = now;
    const response = await fetch(`${box.dataset.path}?${now}`);
    // A slow answer to an older question must not replace a newer one.
    if (response.ok && now === asked) {
      show(await response.json());
    }
  }

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  };
  // The stock calendar fills in the day and then only moves the focus.
  for (const event of ["input", "change", "focusin"]) {
    form.addEventListener(event, soon);
  }
  django.jQuery(form).on("change", soon);
});
