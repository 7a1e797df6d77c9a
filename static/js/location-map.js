// The location map works by links. This moves it in place: by buttons, wheel (once it has the focus), fingers and keys,
// asks the server for what that part of the map shows, and shows which row of the list is which point.

const root = document.querySelector("[data-location-map]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const STEPS = { "+": 0.5, "=": 0.5, "-": 2, "−": 2 };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PARTS = [".map", ".map-ways", ".map-caption", ".map-list"];
const SETTLED_AFTER = 350; // milliseconds
const MOVING_TIME = 220;
const A_CLICK = 5; // pixels

const WIDTH = 1000;
const HEIGHT = 895;
const SMALLEST_WIDTH = 12;

let drawing; // what the server has drawn, with the place of everything on the map
let view; // what is seen of it
let waiting;
let drawn = location.search;
let request;
let fingers = new Map();
let wasDragged = false;

// --- parts of the map, as in the address: „412-380-120“ is left, top and width, in units of the drawing

const between = (number, least, most) => Math.min(Math.max(number, least), most);

function section(text) {
  const found = /^(\d+)-(\d+)-(\d+)$/.exec(text ?? "");
  if (!found) return null;
  const [x, y, width] = found.slice(1).map(Number);
  return { x, y, width, height: (width * HEIGHT) / WIDTH };
}

// Not beyond the map; in whole units, as the server takes them, unless it is still moving.
function fitted({ x, y, width }, isWhole = true) {
  const [round, up, down] = isWhole ? [Math.round, Math.ceil, Math.floor] : [Number, Number, Number];
  const fits = between(up(width), SMALLEST_WIDTH, WIDTH);
  const height = (fits * HEIGHT) / WIDTH;
  return { x: between(round(x), 0, WIDTH - fits), y: between(round(y), 0, down(HEIGHT - height)), width: fits, height };
}

function within(x, y, width) {
  return fitted({ x: x - width / 2, y: y - (width * HEIGHT) / WIDTH / 2, width });
}

function middle({ x, y, width, height }) {
  return [x + width / 2, y + height / 2];
}

function inAddress(place) {
  const { x, y, width } = fitted(place);
  return `${x}-${y}-${width}`;
}

// --- the drawing

const map = () => root.querySelector(".map");

function read() {
  const here = section(map().dataset.section);
  const places = [];
  for (const element of map().querySelectorAll("[cx$='%'], text[x$='%']")) {
    if (element.closest(".map-scale")) continue;
    const names = element.hasAttribute("cx") ? ["cx", "cy"] : ["x", "y"];
    const [across, down] = names.map((name) => parseFloat(element.getAttribute(name)) / 100);
    places.push([element, names, here.x + across * here.width, here.y + down * here.height]);
  }
  drawing = { land: map().querySelector(".map-land"), places };
  view = here;
  map().tabIndex = 0;
}

function show(next) {
  view = next;
  drawing.land.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  for (const [element, [across, down], x, y] of drawing.places) {
    element.setAttribute(across, `${(((x - view.x) / view.width) * 100).toFixed(2)}%`);
    element.setAttribute(down, `${(((y - view.y) / view.height) * 100).toFixed(2)}%`);
  }
  map().classList.toggle("is-moving", true);
}

function glide(to) {
  if (calm.matches) return show(to);
  const from = view;
  const own = drawing;
  const began = performance.now();
  const frame = (now) => {
    if (own !== drawing) return;
    const part = Math.min((now - began) / MOVING_TIME, 1);
    const between = (name) => from[name] + (to[name] - from[name]) * part;
    show({ x: between("x"), y: between("y"), width: between("width"), height: between("height") });
    if (part < 1) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

// --- asking the server

function addressOf(there) {
  const address = new URL(location.href);
  address.searchParams.set("ausschnitt", inAddress(there));
  address.searchParams.delete("seite");
  address.hash = "";
  return address;
}

async function load(address, { focus } = {}) {
  clearTimeout(waiting);
  request?.abort();
  request = new AbortController();
  const answer = await fetch(address, { signal: request.signal, credentials: "omit" });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const back = focus ?? whereFocusIs();
  for (const part of PARTS) root.querySelector(part).replaceWith(page.querySelector(part));
  read();
  drawn = new URL(address, location).search;
  if (back) (root.querySelector(back) ?? map()).focus({ preventScroll: true });
  root.dispatchEvent(new Event("section-drawn"));
}

// From the street map, which moves by itself.
root.addEventListener("section-wanted", ({ detail }) => {
  const address = addressOf(fitted(detail));
  history.replaceState(null, "", address);
  load(address).catch(() => {});
});

// A selector that finds the same thing in the new drawing.
function whereFocusIs() {
  const focused = document.activeElement;
  if (!PARTS.some((part) => focused.closest(part))) return null;
  if (focused.matches(".map-way")) return `.${[...focused.classList].join(".")}`;
  const address = focused.getAttribute("href");
  return address ? `${focused.closest(".map-list") ? ".map-list" : ".map"} a[href="${CSS.escape(address)}"]` : ".map";
}

function settle() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const address = addressOf(fitted(view));
    history.replaceState(null, "", address);
    load(address).catch(() => {});
  }, SETTLED_AFTER);
}

async function go(address, options) {
  const there = section(new URL(address).searchParams.get("ausschnitt"));
  if (there) glide(there);
  history.pushState(null, "", address);
  try {
    await load(address, options);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function move(next) {
  glide(fitted(next));
  settle();
}

// --- by buttons and circles

root.addEventListener("click", (event) => {
  if (wasDragged) {
    event.preventDefault();
    wasDragged = false;
    return;
  }
  const link = event.target.closest(".map-frame a");
  const address = link && new URL(link.getAttribute("href"), location.href);
  const isElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!address?.searchParams.has("ausschnitt") || isElsewhere) return;
  event.preventDefault();
  const isCircle = link.matches(".mark");
  go(address.href, isCircle ? { focus: address.hash === "#liste" ? ".map-list" : ".map" } : {});
});

// --- by keys, once the map has the focus

root.addEventListener("keydown", (event) => {
  if (!event.target.closest(".map-frame") || event.ctrlKey || event.metaKey || event.altKey) return;
  const [x, y] = middle(view);
  if (event.key in STEPS) move(within(x, y, view.width * STEPS[event.key]));
  else if (event.key in ARROWS) {
    const [across, down] = ARROWS[event.key];
    move(within(x + (across * view.width) / 4, y + (down * view.height) / 4, view.width));
  } else return;
  event.preventDefault();
});

// --- by wheel, mouse and fingers

function placeUnder({ clientX, clientY }) {
  const box = map().getBoundingClientRect();
  return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
}

// So that what is under the pointer stays there.
function zoomedAt([across, down], factor, from = view) {
  const width = between(from.width * factor, SMALLEST_WIDTH, WIDTH);
  const scale = width / from.width;
  return fitted({ x: from.x + across * from.width * (1 - scale), y: from.y + down * from.height * (1 - scale), width });
}

root.addEventListener(
  "wheel",
  (event) => {
    if (!event.target.closest(".map") || !root.querySelector(".map-frame").contains(document.activeElement)) return;
    event.preventDefault();
    show(zoomedAt(placeUnder(event), Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 100) * 0.003)));
    settle();
  },
  { passive: false },
);

root.addEventListener("pointerdown", (event) => {
  wasDragged = false;
  if (event.target.closest(".map")) fingers.set(event.pointerId, event);
});

addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const others = [...fingers.values()].filter((finger) => finger.pointerId !== event.pointerId);
  const moved = Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
  if (others.length === 1) {
    const apart = (finger) => Math.hypot(finger.clientX - others[0].clientX, finger.clientY - others[0].clientY);
    show(zoomedAt(placeUnder(others[0]), apart(before) / Math.max(apart(event), 1)));
  } else if (event.pointerType === "mouse" && (wasDragged || moved > A_CLICK)) {
    wasDragged = true;
    const [[x, y], [beforeX, beforeY]] = [placeUnder(event), placeUnder(before)];
    show(fitted({ x: view.x - (x - beforeX) * view.width, y: view.y - (y - beforeY) * view.height, width: view.width }, false));
  } else return;
  fingers.set(event.pointerId, event);
  settle();
});

for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, (event) => fingers.delete(event.pointerId));
}
root.addEventListener("dragstart", (event) => event.target.closest(".map") && event.preventDefault());

// --- which row is which point

function mark(target) {
  const name = root.querySelector(".map-name");
  const link = target?.closest?.(".map a");
  name.textContent = link?.querySelector("title")?.textContent ?? "";
  name.hidden = !name.textContent;
  const numbers = link?.dataset.listed?.split(" ") ?? [target?.closest?.("[data-listing]")?.dataset.listing];
  for (const row of root.querySelectorAll("[data-listing]")) {
    row.classList.toggle("is-marked", numbers.includes(row.dataset.listing));
  }
  for (const one of root.querySelectorAll("[data-listed]")) {
    one.classList.toggle("is-listed", one.dataset.listed.split(" ").some((number) => numbers.includes(number)));
  }
}

for (const event of ["pointerover", "focusin"]) root.addEventListener(event, ({ target }) => mark(target));
for (const event of ["pointerleave", "focusout"]) root.addEventListener(event, () => mark(null));

// A way within the page („Karte überspringen“) is in the browser's history, too, and asks for no other drawing.
addEventListener("popstate", () => {
  if (location.search !== drawn) load(location.href).catch(() => location.reload());
});
root.querySelector(".map-hint").hidden = false;
read();
