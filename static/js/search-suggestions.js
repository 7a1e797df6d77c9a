// Suggests pages while somebody types into a search field. Without this script the field is a plain form.
const SHORTEST = 2;
const PAUSE = 150;

for (const field of document.querySelectorAll("input[data-suggestions]")) suggestFor(field);

function suggestFor(field) {
  const list = document.createElement("ul");
  let waiting;
  let question = 0;
  let active = -1;

  Object.assign(list, { id: `${field.id}-suggestions`, className: "suggestions", role: "listbox", hidden: true });
  list.ariaLabel = "Vorschläge";
  field.after(list);
  field.role = "combobox";
  field.ariaAutoComplete = "list";
  field.setAttribute("aria-controls", list.id);
  close();

  function close() {
    // What is still on its way comes too late.
    question += 1;
    active = -1;
    list.hidden = true;
    field.ariaExpanded = "false";
    field.removeAttribute("aria-activedescendant");
  }

  function show([, titles, kinds, addresses]) {
    list.replaceChildren(...titles.map((title, number) => optionFor(title, kinds[number], addresses[number], number)));
    active = -1;
    list.hidden = titles.length === 0;
    field.ariaExpanded = String(!list.hidden);
    field.removeAttribute("aria-activedescendant");
  }

  function optionFor(title, kind, address, number) {
    const option = document.createElement("li");
    const kindOfPage = document.createElement("span");
    Object.assign(kindOfPage, { className: "suggestion-kind", textContent: kind });
    Object.assign(option, { id: `${list.id}-${number}`, role: "option", ariaSelected: "false" });
    option.append(title, " ", kindOfPage);
    option.dataset.address = address;
    return option;
  }

  function choose(number) {
    const options = [...list.children];
    // Before the first and behind the last stands the field itself.
    active = (number + 1 + options.length + 1) % (options.length + 1) - 1;
    options.forEach((option, position) => (option.ariaSelected = String(position === active)));
    if (active < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
  }

  async function ask() {
    const words = field.value.trim();
    if (words.length < SHORTEST) return close();
    question += 1;
    const mine = question;
    try {
      const response = await fetch(`${field.dataset.suggestions}?${new URLSearchParams({ q: words })}`);
      if (response.ok && mine === question) show(await response.json());
    } catch {
      // Whoever is offline can still type.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });

  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.address);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  // Before the field loses the focus and closes the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  field.addEventListener("blur", () => {
    clearTimeout(waiting);
    close();
  });
}
