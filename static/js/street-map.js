// A street map in place of our drawing, once a visitor has asked for it: until then nothing is loaded from anywhere.
const root = document.querySelector("[data-location-map]");
const box = root.querySelector("[data-street-map]");
const { unitsPerRadian, left, top } = box.dataset;
const WIDTH = 1000;
const HEIGHT = 895;
const WIDE = 600;
const IN_DEGREES = 180 / Math.PI;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
let streets;
let marks;

const toDegrees = (x, y) => [
  (2 * Math.atan(Math.exp((top - y) / unitsPerRadian)) - Math.PI / 2) * IN_DEGREES,
  ((x - left) / unitsPerRadian) * IN_DEGREES,
];
const toMap = ({ lat, lng }) => [
  +left + (unitsPerRadian * lng) / IN_DEGREES,
  top - unitsPerRadian * Math.log(Math.tan(Math.PI / 4 + lat / IN_DEGREES / 2)),
];

function ready(element, address, name) {
  return new Promise((resolve, reject) => {
    element[name] = address;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

function section() {
  const [x, y, width] = root.querySelector(".map").dataset.section.split("-").map(Number);
  return { x, y, width, height: (width * HEIGHT) / WIDTH };
}

function attribution() {
  const { attribution: text, attributionLink: address } = box.dataset;
  const words = document.createElement(address ? "a" : "span");
  words.textContent = text;
  if (address) words.href = address;
  return words.outerHTML;
}

function show() {
  const here = section();
  const hasFocus = streets.getContainer().contains(document.activeElement);
  marks?.remove();
  marks = L.layerGroup().addTo(streets);
  const drawing = streets.getContainer().clientWidth < WIDE ? "narrow" : "wide";
  for (const link of root.querySelectorAll(`.map-${drawing} .mark`)) {
    const circle = link.querySelector("circle");
    const [across, down] = ["cx", "cy"].map((name) => parseFloat(circle.getAttribute(name)) / 100);
    const size = 2 * parseFloat(circle.getAttribute("r"));
    const title = link.querySelector("title").textContent;
    const number = link.querySelector("text")?.textContent ?? "";
    const icon = L.divIcon({ className: `street-mark${number ? "" : " is-single"}`, html: number, iconSize: [size, size] });
    const place = toDegrees(here.x + across * here.width, here.y + down * here.height);
    const marker = L.marker(place, { icon, title, alt: title, riseOnHover: true }).addTo(marks);
    marker.getElement().setAttribute("aria-label", title);
    marker.on("click", () => open(link));
    marker.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && open(link));
  }
  if (hasFocus && document.activeElement === document.body) streets.getContainer().focus({ preventScroll: true });
}

function open(link) {
  const address = new URL(link.getAttribute("href"), location.href);
  const wanted = /^(\d+)-(\d+)-(\d+)$/.exec(address.searchParams.get("ausschnitt") ?? "");
  if (!wanted) return location.assign(address);
  if (address.hash === "#liste") root.querySelector(".map-list").focus();
  const [x, y, width] = wanted.slice(1).map(Number);
  streets.fitBounds([toDegrees(x, y), toDegrees(x + width, y + (width * HEIGHT) / WIDTH)]);
}

function moved() {
  const bounds = streets.getBounds();
  const [x, y] = toMap(bounds.getNorthWest());
  const [right, bottom] = toMap(bounds.getSouthEast());
  const width = Math.max(right - x, ((bottom - y) * WIDTH) / HEIGHT);
  root.dispatchEvent(new CustomEvent("section-wanted", { detail: { x, y, width } }));
}

async function load() {
  const button = box.querySelector("button");
  button.disabled = true;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet" });
  try {
    await Promise.all([
      ready(style, box.dataset.style, "href"),
      ready(document.createElement("script"), box.dataset.script, "src"),
    ]);
  } catch {
    button.disabled = false;
    return;
  }
  const canvas = document.createElement("div");
  canvas.className = "street-map-canvas";
  const frame = root.querySelector(".map-frame");
  frame.before(canvas);
  frame.hidden = true;
  box.hidden = true;
  const motion = { fadeAnimation: !calm, zoomAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm };
  streets = L.map(canvas, { ...motion, scrollWheelZoom: false, zoomControl: false, zoomSnap: 0.5 });
  streets.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: "Näher heran", zoomOutTitle: "Weiter weg" }).addTo(streets);
  L.tileLayer(box.dataset.tiles, { attribution: attribution(), maxZoom: 18 }).addTo(streets);
  const { x, y, width, height } = section();
  streets.fitBounds([toDegrees(x, y), toDegrees(x + width, y + height)]);
  streets.on("focus", () => streets.scrollWheelZoom.enable());
  streets.on("blur", () => streets.scrollWheelZoom.disable());
  streets.on("moveend", moved);
  root.addEventListener("section-drawn", show);
  canvas.setAttribute("aria-label", "Straßenkarte");
  canvas.setAttribute("role", "group");
  canvas.focus();
  show();
  moved();
}

box.querySelector("button").addEventListener("click", load);
box.hidden = false;
