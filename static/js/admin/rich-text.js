// Two things the rich text editor leaves to the page around it: its basic rules and the names of its buttons.
"use strict";

{
  // It wants to write its basic rules into a <style> of its own, which our policy forbids: they stand in admin.css.
  // It first looks whether such an element is there, so we put one that is no style sheet.
  const placeholder = document.createElementNS(null, "style");
  placeholder.setAttribute("data-tiptap-style", "");
  document.head.append(placeholder);

  // Its dialogs have a German catalogue, its buttons have none.
  const german = {
    "paragraph": "Absatz",
    "heading": "Zwischentitel",
    "heading 2": "Zwischentitel",
    "heading 3": "Kleiner Zwischentitel",
    "unordered list": "Liste mit Punkten",
    "ordered list": "Nummerierte Liste",
    "blockquote": "Zitat",
    "bold": "Fett",
    "italic": "Kursiv",
    "insert link": "Link setzen",
    "remove link": "Link entfernen",
    "insert table": "Tabelle einfügen",
    "add column": "Spalte einfügen",
    "delete column": "Spalte löschen",
    "add row": "Zeile einfügen",
    "delete row": "Zeile löschen",
    "merge cells": "Zellen verbinden",
    "split cell": "Zelle teilen",
    "toggle header cell": "Als Kopfzelle auszeichnen",
    "delete table": "Tabelle löschen",
    "undo": "Rückgängig",
    "redo": "Wiederholen",
    "yes": "Ja",
    "no": "Nein",
  };
  const inGerman = (text) => german[text.trim().toLowerCase()];

  const translate = (editor) => {
    for (const button of editor.querySelectorAll(".prose-menubar button[title]")) {
      const name = inGerman(button.title);
      if (name) {
        button.title = name;
        button.setAttribute("aria-label", name);
      }
    }
    for (const option of editor.querySelectorAll(".prose-menubar__option > *")) {
      const name = inGerman(option.textContent);
      if (name) {
        option.textContent = name;
      }
    }
  };

  const translateChoices = () => {
    for (const option of document.querySelectorAll(".prose-editor-dialog option:not([value])")) {
      option.value = option.text;
      option.text = inGerman(option.text) ?? option.text;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(translateChoices).observe(document.body, { childList: true, subtree: true });
  });

  document.addEventListener("prose-editor:ready", (event) => {
    const editor = event.target.closest(".prose-editor");
    translate(editor);
    // A label cannot point to what is no form field.
    const label = document.querySelector(`label[for="${editor.querySelector("textarea")?.id}"]`);
    editor.querySelector(".ProseMirror")?.setAttribute("aria-label", label?.textContent.replace(/:\s*$/, "").trim() ?? "Text");
    // The menu comes a moment later, and its button for the kind of paragraph is made anew as the cursor moves.
    new MutationObserver(() => translate(editor)).observe(editor, { childList: true, subtree: true });
  });
}
