// Loaded before the first paint: puts the chosen theme on <html>, so that no page flashes white.
(() => {
  "use strict";
  const order = ["light", "dark", "auto"];
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  const chosen = () => {
    try {
      const kept = localStorage.getItem("theme");
      return order.includes(kept) ? kept : "auto";
    } catch {
      return "auto"; // storage may be forbidden
    }
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

  apply(chosen());
  system.addEventListener("change", () => apply(chosen()));
  document.addEventListener("DOMContentLoaded", () => apply(chosen()));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const next = order[(order.indexOf(chosen()) + 1) % order.length];
    try {
      localStorage.setItem("theme", next);
    } catch {
      // without storage the choice lasts for this page
    }
    apply(next);
  });
})();
