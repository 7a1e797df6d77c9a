// Pictures may be dropped on the form, and each is sent by itself: with its progress, and with what became of it.
// Without script the form sends all of them at once.

const SECONDS_WITHOUT_ANSWER = 180;

const size = (bytes) => `${(bytes / 1e6).toLocaleString("de-DE", { maximumFractionDigits: 1 })} MB`;

const send = (form, file, onProgress) =>
  new Promise((resolve) => {
    const data = new FormData(form);
    data.delete("files");
    data.append("files", file);
    const request = new XMLHttpRequest();
    const fail = (text) => () => resolve({ is_taken: false, text });
    request.open("POST", form.action || window.location.href);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.timeout = SECONDS_WITHOUT_ANSWER * 1000;
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("error", fail("Keine Verbindung. Bitte versuchen Sie es noch einmal."));
    request.addEventListener("timeout", fail("Der Server antwortet nicht. Bitte versuchen Sie es noch einmal."));
    request.addEventListener("load", () => {
      const isAnswer = request.status === 200 && request.response !== null;
      resolve(isAnswer ? request.response : { is_taken: false, text: "Bitte laden Sie die Seite neu und melden Sie sich an." });
    });
    request.send(data);
  });

const addRow = (list, file) => {
  const row = document.createElement("li");
  const name = document.createElement("span");
  const progress = document.createElement("progress");
  const result = document.createElement("span");
  name.textContent = `${file.name} (${size(file.size)})`;
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", file.name);
  result.className = "upload-result";
  result.textContent = "wartet";
  row.append(name, progress, result);
  list.append(row);
  return { row, progress, result };
};

const showAnswer = ({ row, progress, result }, answer) => {
  progress.remove();
  row.classList.add(answer.is_taken ? "is-taken" : "is-refused");
  result.textContent = answer.is_taken ? answer.text : `nicht übernommen: ${answer.text}`;
  if (answer.path) {
    const link = document.createElement("a");
    link.href = answer.path;
    link.textContent = "Alternativtext schreiben";
    row.append(link);
  }
};

const start = (form) => {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-upload-results]");
  const status = form.querySelector("[data-upload-status]");
  const button = form.querySelector("input[type=submit]");
  const most = Number(form.dataset.mostFiles);
  form.querySelector("[data-drop-hint]").hidden = false;

  const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      if (carriesFiles(event)) {
        event.preventDefault();
        form.classList.add("is-drop-target");
      }
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) {
      form.classList.remove("is-drop-target");
    }
  });
  form.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) {
      return;
    }
    event.preventDefault();
    form.classList.remove("is-drop-target");
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) {
      all.items.add(file);
    }
    input.files = all.files;
    status.textContent = all.files.length === 1 ? "Ein Bild ist gewählt." : `${all.files.length} Bilder sind gewählt.`;
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = [...input.files];
    if (files.length > most) {
      status.textContent = `Bitte höchstens ${most} Bilder auf einmal hochladen.`;
      return;
    }
    button.disabled = true;
    list.hidden = false;
    list.replaceChildren();
    const rows = files.map((file) => addRow(list, file));
    let taken = 0;
    for (const [index, file] of files.entries()) {
      const row = rows[index];
      status.textContent = `Bild ${index + 1} von ${files.length} wird hochgeladen.`;
      row.result.textContent = "wird hochgeladen und geprüft";
      const answer = await send(form, file, (part) => {
        row.progress.value = part;
      });
      showAnswer(row, answer);
      taken += answer.is_taken ? 1 : 0;
    }
    status.textContent = `${taken} von ${files.length} Bildern übernommen.`;
    if (taken > 0) {
      const link = document.createElement("a");
      link.href = form.dataset.nextPath;
      link.textContent = "Bilder ohne Alternativtext ansehen";
      status.append(" ", link);
    }
    // What was taken must not be sent twice.
    input.value = "";
    button.disabled = false;
  });
};

for (const form of document.querySelectorAll("[data-upload-many]")) {
  start(form);
}
