// Dragging a card to another column presses the item of its own menu that leads there: the move is
// the same, with the same form or question, and what the menu lacks is not possible.
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  let held = null;
  const stages = [...board.querySelectorAll("[data-stage]")];
  const wayTo = (stage) => held?.querySelector(`[data-to="${stage.dataset.stage}"]`);
  const mark = () => {
    for (const stage of stages) stage.classList.toggle("can-drop", Boolean(held && wayTo(stage)));
  };
  board.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-card]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    held.classList.add("is-held");
    mark();
  });
  board.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    held = null;
    mark();
  });
  board.addEventListener("dragover", (event) => {
    if (held && event.target.closest("[data-stage]")) event.preventDefault();
  });
  board.addEventListener("drop", (event) => {
    const stage = event.target.closest("[data-stage]");
    if (!held || !stage) return;
    event.preventDefault();
    if (stage.contains(held)) return;
    const way = wayTo(stage);
    if (way) way.click();
    else document.dispatchEvent(new CustomEvent("toast", { detail: { text: board.dataset.noMove } }));
  });
})();
