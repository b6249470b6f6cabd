// Loaded before the first paint: puts the chosen theme and the folded column on <html>, so that no
// page flashes white or jumps.
(() => {
  "use strict";
  const order = ["light", "dark", "auto"];
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage may be forbidden
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // without storage the choice lasts for this page
    }
  };

  const chosen = () => {
    const theme = kept("theme");
    return order.includes(theme) ? theme : "auto";
  };

  const apply = (choice) => {
    const theme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
    root.setAttribute("data-bs-theme", theme);
    root.setAttribute("data-theme-choice", choice);
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      const word = button.dataset[`label${choice[0].toUpperCase()}${choice.slice(1)}`];
      const inside = button.querySelector("[data-theme-word]");
      if (inside) inside.textContent = word;
      else button.setAttribute("aria-label", word);
    }
  };

  const fold = (folded) => {
    root.toggleAttribute("data-side-folded", folded);
    for (const button of document.querySelectorAll("[data-side-toggle]")) {
      const word = folded ? button.dataset.unfold : button.dataset.fold;
      button.setAttribute("aria-expanded", String(!folded));
      button.setAttribute("aria-label", word);
      button.title = word;
    }
  };

  root.toggleAttribute("data-scripts", true);
  fold(kept("side") === "folded");
  apply(chosen());
  system.addEventListener("change", () => apply(chosen()));
  document.addEventListener("DOMContentLoaded", () => {
    apply(chosen());
    fold(root.hasAttribute("data-side-folded"));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-side-toggle]")) {
      fold(!root.hasAttribute("data-side-folded"));
      return keep("side", root.hasAttribute("data-side-folded") ? "folded" : "open");
    }
    if (!event.target.closest("[data-theme-toggle]")) return;
    const next = order[(order.indexOf(chosen()) + 1) % order.length];
    keep("theme", next);
    apply(next);
  });
})();
