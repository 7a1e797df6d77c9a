// Shows the photos of a gallery large, one after the other, without leaving the page. Without this script each photo is
// a link to its own page.
for (const wall of document.querySelectorAll("[data-photo-viewer]")) enlarge(wall);

function enlarge(wall) {
  const photos = [...wall.querySelectorAll("figure")];
  const links = photos.map((photo) => photo.querySelector("a"));
  const viewer = document.createElement("dialog");
  const where = document.createElement("p");
  const picture = document.createElement("div");
  const words = document.createElement("div");
  let shown = 0;

  viewer.className = "photo-viewer";
  viewer.ariaLabel = "Fotos groß";
  where.role = "status";
  picture.className = "photo-viewer-picture";
  words.className = "photo-viewer-words";
  viewer.append(head(), picture, words);
  wall.after(viewer);

  function head() {
    const row = document.createElement("div");
    const buttons = document.createElement("div");
    row.className = "photo-viewer-head";
    buttons.className = "photo-viewer-buttons";
    if (photos.length > 1) {
      buttons.append(
        button("Voriges Foto", () => show(shown - 1)),
        button("Nächstes Foto", () => show(shown + 1)),
      );
    }
    buttons.append(button("Schließen", () => viewer.close()));
    row.append(where, buttons);
    return row;
  }

  function button(label, press) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "button", textContent: label });
    made.addEventListener("click", press);
    return made;
  }

  function show(number) {
    // After the last one comes the first: no button ever goes away under a finger.
    shown = (number + photos.length) % photos.length;
    const large = photos[shown].querySelector("picture").cloneNode(true);
    for (const one of large.querySelectorAll("source, img")) one.sizes = "100vw";
    large.querySelector("img").loading = "eager";
    picture.replaceChildren(large);
    const caption = document.createElement("p");
    caption.append(...photos[shown].querySelector("figcaption").cloneNode(true).childNodes);
    words.replaceChildren(caption);
    const report = reportLink(links[shown]);
    if (report) words.append(report);
    where.textContent = `Foto ${shown + 1} von ${photos.length}`;
  }

  function reportLink(link) {
    // In a preview the link leads to the file: there is nothing to report yet.
    if (!link.pathname.endsWith("/")) return null;
    const line = document.createElement("p");
    const report = document.createElement("a");
    Object.assign(report, { href: `${link.pathname}melden/`, textContent: "Foto melden", rel: "nofollow" });
    line.append(report);
    return line;
  }

  links.forEach((link, number) =>
    link.addEventListener("click", (event) => {
      // Whoever wants a new tab gets one.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      show(number);
      viewer.showModal();
    }),
  );
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(shown - 1);
    if (event.key === "ArrowRight") show(shown + 1);
  });
  viewer.addEventListener("close", () => links[shown].focus());
}
