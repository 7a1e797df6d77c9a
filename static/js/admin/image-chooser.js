// Shows the thumbnail of the picture chosen in the lookup window. Without script the number field remains.
"use strict";

{
  const show = async (chooser, pk) => {
    const thumbnail = chooser.querySelector(".image-chooser-thumbnail");
    const label = chooser.querySelector(".image-chooser-label");
    const clear = chooser.querySelector(".image-chooser-clear");
    thumbnail.hidden = true;
    clear.hidden = pk === "";
    if (pk === "") {
      label.textContent = "Kein Bild gewählt";
      return;
    }
    const response = await fetch(chooser.dataset.thumbnailPath.replace("__pk__", encodeURIComponent(pk)));
    if (!response.ok) {
      label.textContent = "Dieses Bild gibt es nicht.";
      return;
    }
    const image = await response.json();
    thumbnail.src = image.src;
    thumbnail.hidden = false;
    label.textContent = image.label;
  };

  // The bare number is for those without script. New inline rows copy the class with their template.
  document.addEventListener("DOMContentLoaded", () => {
    for (const chooser of document.querySelectorAll(".image-chooser")) {
      chooser.classList.add("is-ready");
    }
  });

  django.jQuery(document).on("change", ".image-chooser input", (event) => {
    show(event.target.closest(".image-chooser"), event.target.value.trim());
  });

  document.addEventListener("click", (event) => {
    if (event.target.matches(".image-chooser-clear")) {
      const input = event.target.closest(".image-chooser").querySelector("input");
      input.value = "";
      django.jQuery(input).trigger("change");
    }
  });
}
