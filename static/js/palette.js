// The palette: Ctrl-K or a press on the search box opens it, arrows move, Enter opens, Escape leaves.
// Without this file the box is an ordinary form that leads to the page of the same search.
(() => {
  "use strict";
  const palette = () => document.getElementById("palette");
  const input = () => document.getElementById("palette-words");
  const hits = () => [...document.querySelectorAll("#palette-list [role=option]")];
  const current = () => document.querySelector("#palette-list [aria-selected=true]");

  const mark = (hit) => {
    current()?.setAttribute("aria-selected", "false");
    hit?.setAttribute("aria-selected", "true");
    hit?.scrollIntoView({ block: "nearest" });
    // Named here: lines that keep their id from one answer to the next would get their old state back.
    if (hit) hit.id = `palette-hit-${hits().indexOf(hit)}`;
    if (hit) input().setAttribute("aria-activedescendant", hit.id);
    else input().removeAttribute("aria-activedescendant");
  };
  const open = (words = "") => {
    const box = palette();
    if (!box || box.open) return;
    box.showModal();
    input().value = words;
    input().select();
    ask();
  };
  // Asked again when nobody listened yet: htmx gets going a moment after the page.
  const ask = (again = true) => {
    input().dispatchEvent(new Event("palette"));
    if (again) setTimeout(() => palette().open && !hits().length && ask(false), 600);
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && palette()) {
      event.preventDefault();
      if (palette().open) palette().close();
      else open();
      return;
    }
    if (event.target !== input()) return;
    if (event.key === "Escape") {
      // Else the first press would only empty the box.
      event.preventDefault();
      return palette().close();
    }
    const list = hits();
    const at = list.indexOf(current());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const to = event.key === "ArrowDown" ? at + 1 : at - 1;
      mark(list[(to + list.length) % list.length]);
    } else if (event.key === "Enter" && current()) {
      event.preventDefault();
      current().click();
    }
  });
  // A press on the box in the bar opens the palette; typing goes on there.
  document.addEventListener("pointerdown", (event) => {
    const box = event.target.closest?.("[data-global-search]");
    if (!box || !palette()) return;
    event.preventDefault();
    open(box.value);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-global-search]")) return;
    const words = event.target.value;
    event.target.value = "";
    open(words);
    input().setSelectionRange(words.length, words.length);
  });
  document.addEventListener("click", (event) => {
    // "New" opens it with the actions alone.
    const opener = event.target.closest?.("[data-palette-open]");
    if (opener && palette()) {
      event.preventDefault();
      open(opener.dataset.paletteOpen);
      return input().setSelectionRange(9, 9);
    }
    if (event.target === palette() || event.target.closest?.("[data-palette-close]")) palette().close();
  });
  // The first line is what Enter opens, unless somebody moves.
  const watch = () => {
    const list = document.getElementById("palette-list");
    if (list) new MutationObserver(() => mark(hits()[0])).observe(list, { childList: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
