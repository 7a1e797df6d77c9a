// A click on the map, or a town and some kilometres, fills latitude and longitude; typing there moves the dot.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const KM_PER_DEGREE = 111.19;
  const MOST_ZOOM = 32;
  const picker = document.querySelector("[data-point-picker]");
  const latitude = document.querySelector("#id_latitude");
  const longitude = document.querySelector("#id_longitude");
  if (!picker || !latitude || !longitude) {
    return;
  }
  const svg = picker.querySelector("svg");
  const status = picker.querySelector("[data-picker-status]");
  const width = svg.viewBox.baseVal.width;
  const height = svg.viewBox.baseVal.height;
  const unitsPerRadian = Number(svg.dataset.unitsPerRadian);
  const left = Number(svg.dataset.left);
  const top = Number(svg.dataset.top);
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const degrees = (angle) => (angle * 180) / Math.PI;
  let zoom = 1;

  const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  dot.setAttribute("class", "point-picker-dot");
  svg.append(dot);
  const towns = [...svg.querySelectorAll(".outline-map-towns > g")].map((mark) => [mark, mark.getAttribute("transform")]);

  // As a German types it; NaN where it is no number.
  function number(text) {
    const plain = text.trim().replace("−", "-").replace(",", ".");
    return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  }

  function onMap(north, east) {
    return {
      x: left + unitsPerRadian * radians(east),
      y: top - unitsPerRadian * Math.log(Math.tan(Math.PI / 4 + radians(north) / 2)),
    };
  }

  function onEarth(x, y) {
    return [degrees(2 * Math.atan(Math.exp((top - y) / unitsPerRadian)) - Math.PI / 2), degrees((x - left) / unitsPerRadian)];
  }

  function point() {
    const [north, east] = [number(latitude.value), number(longitude.value)];
    return Number.isNaN(north) || Number.isNaN(east) ? null : onMap(north, east);
  }

  function draw() {
    const here = point();
    dot.setAttribute("visibility", here ? "visible" : "hidden");
    if (here) {
      dot.setAttribute("cx", here.x);
      dot.setAttribute("cy", here.y);
    }
    dot.setAttribute("r", 7 / zoom);
  }

  // The section shown, around the point where there is one, never beyond the edge.
  function show() {
    const here = point() || { x: width / 2, y: height / 2 };
    const [wide, high] = [width / zoom, height / zoom];
    const x = Math.min(Math.max(here.x - wide / 2, 0), width - wide);
    const y = Math.min(Math.max(here.y - high / 2, 0), height - high);
    svg.setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
    for (const [mark, place] of towns) {
      mark.setAttribute("transform", `${place} scale(${1 / zoom})`);
    }
    svg.classList.toggle("is-near", zoom > 2);
    picker.querySelector("[data-picker-zoom='2']").disabled = zoom >= MOST_ZOOM;
    picker.querySelector("[data-picker-zoom='0.5']").disabled = zoom <= 1;
    draw();
  }

  function set(north, east) {
    latitude.value = north.toFixed(5).replace(".", ",");
    longitude.value = east.toFixed(5).replace(".", ",");
    for (const field of [latitude, longitude]) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    status.textContent = `Der Punkt liegt jetzt bei ${latitude.value} Grad Breite und ${longitude.value} Grad Länge.`;
  }

  svg.addEventListener("click", (event) => {
    const matrix = svg.getScreenCTM();
    const where = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    set(...onEarth(where.x, where.y));
  });

  for (const button of picker.querySelectorAll("[data-picker-zoom]")) {
    button.addEventListener("click", () => {
      zoom = Math.min(Math.max(zoom * Number(button.dataset.pickerZoom), 1), MOST_ZOOM);
      show();
    });
  }

  function setFromTown() {
    const town = picker.querySelector("#picker-town").selectedOptions[0];
    const north = number(picker.querySelector("#picker-north").value);
    const east = number(picker.querySelector("#picker-east").value);
    if (!town.value) {
      status.textContent = "Bitte wählen Sie einen Ort.";
    } else if (Number.isNaN(north) || Number.isNaN(east)) {
      status.textContent = "Bitte geben Sie die Kilometer als Zahl ein, zum Beispiel 2,5.";
    } else {
      const from = Number(town.dataset.latitude);
      set(
        from + north / KM_PER_DEGREE,
        Number(town.dataset.longitude) + east / (KM_PER_DEGREE * Math.cos(radians(from))),
      );
      show();
    }
  }

  picker.querySelector("[data-picker-set]").addEventListener("click", setFromTown);
  for (const field of picker.querySelectorAll("#picker-north, #picker-east")) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        // Otherwise it would save the form.
        event.preventDefault();
        setFromTown();
      }
    });
  }
  for (const field of [latitude, longitude]) {
    field.addEventListener("input", draw);
  }
  picker.querySelector("[data-picker-works]").hidden = false;
  show();
});
