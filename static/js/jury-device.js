// Unsaved sheets are kept on the juror's device. Here they go: once saved, on logging out, or when somebody else comes.
const PREFIX = "jury:";

function forget(isDue) {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && isDue(key)).forEach((key) => localStorage.removeItem(key));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

const own = document.body.dataset.copiesOf;
if (own) {
  const saved = [...document.querySelectorAll("[data-saved-copy]")].map((message) => message.dataset.savedCopy);
  forget((key) => !key.startsWith(own) || saved.includes(key));
}

document.querySelector(".jury-log-out")?.addEventListener("submit", () => forget(() => true));
