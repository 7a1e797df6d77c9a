// A rating sheet saves itself, keeps a copy on the device until it has, and warns before unsaved text is left behind.
const EVERY = 20_000;
const PATIENCE = 15_000;
const NOT_TYPED = ["csrfmiddlewaretoken", "fassung"];

const form = document.querySelector("form.sheet");
const stateLine = form.querySelector("[data-save-state]");
const offer = document.getElementById("kopie");
const copyName = form.dataset.copy;
const draftAddress = form.dataset.autosave;

let savedContents = "unsaved" in form.dataset ? null : contents();
let saving = null;
let isAskedAgain = false;
let isStopped = false;
let isLeaving = false;

function typedFields() {
  return [...new FormData(form)].filter(([name]) => !NOT_TYPED.includes(name));
}

function contents() {
  return new URLSearchParams(typedFields()).toString();
}

function isUnsaved() {
  return contents() !== savedContents;
}

function say(text, link) {
  stateLine.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    Object.assign(anchor, { href: form.dataset.logIn, target: "_blank", textContent: link });
    stateLine.append(" ", anchor);
  }
}

// --- The copy on this device

function readCopy() {
  try {
    return JSON.parse(localStorage.getItem(copyName));
  } catch {
    return null;
  }
}

function keepCopy() {
  try {
    if (isUnsaved()) {
      localStorage.setItem(copyName, JSON.stringify({ at: Date.now(), fields: typedFields() }));
    } else {
      localStorage.removeItem(copyName);
    }
  } catch {
    // Without room on the device the text still stands in the form.
  }
}

function offerCopy(copy) {
  const moment = new Date(copy.at).toLocaleString("de-DE", { dateStyle: "short", timeStyle: "short" });
  offer.querySelector("[data-copy-time]").textContent = `(${moment} Uhr)`;
  offer.hidden = false;
  offer.querySelector("[data-copy-take]").addEventListener("click", () => {
    takeCopy(copy);
    closeOffer();
  });
  offer.querySelector("[data-copy-drop]").addEventListener("click", () => {
    closeOffer();
    keepCopy();
  });
}

function takeCopy(copy) {
  for (const [name, value] of copy.fields) {
    for (const field of form.elements) {
      if (field.name !== name) {
        continue;
      }
      if (field.type === "radio") {
        field.checked = field.value === value;
      } else if (field.tagName === "TEXTAREA") {
        field.value = value;
      }
    }
  }
  keepCopy();
  say("Eingaben übernommen, noch nicht gespeichert.");
  save();
}

function closeOffer() {
  offer.hidden = true;
  form.querySelector("textarea").focus();
}

// --- Saving

async function save() {
  if (saving) {
    isAskedAgain = true;
    return;
  }
  if (!draftAddress || isStopped || !isUnsaved()) {
    return;
  }
  isAskedAgain = false;
  saving = send();
  await saving;
  saving = null;
  if (isAskedAgain) {
    save();
  }
}

async function send(isSecondTry = false) {
  const sent = contents();
  let response;
  try {
    response = await fetch(draftAddress, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    say("Keine Verbindung: noch nicht gespeichert. Ihre Eingaben bleiben hier und werden gespeichert, sobald es geht.");
    return;
  }
  const answer = await response.json().catch(() => ({}));
  if (answer.state === "expired" && !isSecondTry) {
    form.elements.csrfmiddlewaretoken.value = answer.token;
    await send(true);
  } else {
    take(answer, sent);
  }
}

function take(answer, sent) {
  if (answer.state === "saved") {
    form.elements.fassung.value = answer.edit_number;
    savedContents = sent;
    keepCopy();
    say(isUnsaved() ? "noch nicht gespeichert" : `gespeichert um ${answer.at}`);
  } else if (answer.state === "signed_out") {
    say("Ihre Anmeldung ist abgelaufen: noch nicht gespeichert. Ihre Eingaben bleiben hier.", "In neuem Fenster anmelden");
  } else if (answer.state === "newer_save") {
    isStopped = true;
    say(`${answer.message} Mit „Als Entwurf speichern“ sehen Sie beide Fassungen.`);
  } else {
    isStopped = ["ended", "submitted"].includes(answer.state);
    say(`Nicht gespeichert. ${answer.message ?? "Das Portal antwortet nicht wie erwartet. Ihre Eingaben bleiben hier."}`);
  }
}

form.addEventListener("input", () => {
  keepCopy();
  if (isUnsaved()) {
    say("noch nicht gespeichert");
  }
});
form.addEventListener("change", save);
setInterval(save, EVERY);
window.addEventListener("online", save);

form.addEventListener("submit", async (event) => {
  if (saving) {
    // Otherwise the sheet would meet its own earlier save and take it for somebody else's.
    const { submitter } = event;
    event.preventDefault();
    await saving;
    form.requestSubmit(submitter);
    return;
  }
  keepCopy();
  isLeaving = true;
});

window.addEventListener("beforeunload", (event) => {
  if (isUnsaved() && !isLeaving) {
    event.preventDefault();
  }
});

const copy = readCopy();
if (copy && new URLSearchParams(copy.fields).toString() !== contents()) {
  offerCopy(copy);
} else {
  keepCopy();
}
