// Ticked rows of a list or queue: how many there are, all of a page, and the bar for what is done with
// them; the filters of a list on a phone (docs/design.md).
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = () => find("#app-words")?.dataset ?? {};

  const ticksOf = (bar) => all(`input[name="ids"][form="${bar.id}"]`);
  const countTicks = (bar) => {
    const rows = ticksOf(bar);
    const ticked = rows.filter((row) => row.checked).length;
    const every = find("[data-bulk-all]", bar);
    const page = bar.closest("[data-list]") && find("[data-bulk-page]", bar.closest("[data-list]"));
    if (every && ticked < rows.length) every.checked = false;
    bar.hidden = ticked === 0;
    if (page) {
      page.checked = ticked > 0 && ticked === rows.length;
      page.indeterminate = ticked > 0 && ticked < rows.length;
    }
    const w = words();
    const text = ticked === 1 ? w.selectedOne : (w.selectedMany ?? "").replace("{n}", ticked);
    const count = find("[data-bulk-count]", bar);
    if (count && count.textContent !== text) count.textContent = text;
    if (every) every.closest("label").hidden = ticked < rows.length;
  };
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-bulk-page]"))
      for (const row of all('input[name="ids"]', box.closest("[data-list]"))) row.checked = box.checked;
    const bar = box.matches('input[name="ids"]')
      ? box.form
      : box.closest("[data-list]") && find("[data-bulk-bar]", box.closest("[data-list]"));
    if (bar?.matches?.("[data-bulk-bar]")) countTicks(bar);
  });
  document.addEventListener("keydown", (event) => {
    // Enter on a tick box would press the first bulk button.
    if (event.key === "Enter" && event.target.matches?.('input[type="checkbox"][name="ids"]'))
      event.preventDefault();
    // … and in the search box of a picker send the form; what is found comes while one types.
    if (event.key === "Enter" && event.target.matches?.("[data-picker]")) event.preventDefault();
  });

  // What was done from the side panel is seen to be done before the queue is drawn anew.
  for (const name of ["queue:next", "queue:stay", "queue:again"])
    document.addEventListener(name, () => {
      find("[data-queue] .is-current")?.classList.add("is-done");
      const body = find("#panel-body");
      if (body?.childElementCount) body.inert = true;
    }, true);

  // On phones the filters stand behind a button; that they are open is kept on the document, because
  // a list is drawn anew after each of them.
  const root = document.documentElement;
  const showFilters = () => {
    for (const button of all("[data-filters-toggle]"))
      button.setAttribute("aria-expanded", String(root.hasAttribute("data-filters-open")));
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-filters-toggle]")) return;
    root.toggleAttribute("data-filters-open");
    showFilters();
  });

  const settle = () => {
    all("[data-bulk-bar]").forEach(countTicks);
    showFilters();
  };
  document.addEventListener("htmx:after:swap", settle);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", settle);
  else settle();
})();
