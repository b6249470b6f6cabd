// Toasts: what was done, and for a while the way back (data-undo). Other scripts ask for one with a
// "toast" event. Comes after app.js, which opens and closes the dialogs a toast must stand in.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const toast = (text, tone = "error") => {
    const template = find("#toast-template");
    const box = find("#toasts");
    if (!template || !box || !text) return;
    const card = template.content.firstElementChild.cloneNode(true);
    card.className = `toast-card toast-${tone}`;
    card.dataset.toast = tone;
    find(".toast-text", card).textContent = text;
    box.append(card);
    leave(card);
  };
  document.addEventListener("toast", ({ detail }) =>
    toast(detail.text ?? find("#app-words")?.dataset[detail.words], detail.tone),
  );
  // Good news leaves by itself, slowly, and never while somebody reads it; bad news stays.
  const leave = (card) => {
    if (card.dataset.leaving) return;
    card.dataset.leaving = "1";
    const left = countDown(card);
    if (!["success", "info"].includes(card.dataset.toast)) return;
    setTimeout(function go() {
      if (card.hidden || card.matches(":hover, :focus-within")) setTimeout(go, 3000);
      else card.remove();
    }, Math.max(10000, left * 1000));
  };
  // What was sent can be taken back for a while; then the button goes, whoever's focus it has.
  const countDown = (card) => {
    const shown = find("[data-seconds]", card);
    if (!shown) return 0;
    const seconds = Number(shown.dataset.seconds);
    const ends = Date.now() + seconds * 1000;
    const tick = setInterval(() => {
      const left = Math.ceil((ends - Date.now()) / 1000);
      if (left > 0 && card.isConnected) return void (shown.textContent = left);
      clearInterval(tick);
      const form = card.hidden ? null : find("[data-undo]", card);
      if (form?.contains(document.activeElement)) find("[data-toast-close]", card)?.focus();
      form?.remove();
    }, 250);
    return seconds;
  };
  const liftToasts = () => {
    // A modal dialog covers the page: the toasts move into it to stay visible and readable.
    const box = find("#toasts");
    const modal = all("dialog:modal").pop();
    const home = modal ?? document.body;
    if (box && box.parentElement !== home) home.append(box);
  };
  document.addEventListener("close", liftToasts, true);
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-toast-close]")?.closest("[data-toast]")?.remove();
    liftToasts();
  });
  // Pressed once, it is out of sight; gone only when the answer is there, since htmx drops an answer
  // to what is no longer in the page.
  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement } = event.detail.ctx;
    if (sourceElement?.matches?.("[data-undo]")) sourceElement.closest("[data-toast]").hidden = true;
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { sourceElement } = event.detail.ctx;
    if (sourceElement?.matches?.("[data-undo]")) sourceElement.closest("[data-toast]")?.remove();
  });

  const settle = () => {
    all("[data-toast]").forEach(leave);
    liftToasts();
  };
  document.addEventListener("htmx:after:swap", settle);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", settle);
  else settle();
})();
