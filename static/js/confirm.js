// What cannot be taken back is asked about first: data-confirm on a form or its button, hx-confirm
// (docs/design.md).
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);

  const confirmed = new WeakSet();
  const ask = (text, label) =>
    new Promise((resolve) => {
      const box = find("#confirm");
      if (!box) return resolve(window.confirm(text));
      find("#confirm-text", box).textContent = text;
      const ok = find("[data-confirm-ok]", box);
      ok.textContent = label || ok.dataset.default;
      box.returnValue = "cancel";
      box.addEventListener("close", () => resolve(box.returnValue === "ok"), { once: true });
      box.showModal();
    });
  document.addEventListener(
    "submit",
    (event) => {
      const source = event.submitter?.dataset.confirm ? event.submitter : event.target;
      const text = source.dataset.confirm;
      if (!text || confirmed.delete(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      ask(text, source.dataset.confirmLabel).then((yes) => {
        if (!yes) return submitter?.focus();
        confirmed.add(event.target);
        event.target.requestSubmit(submitter);
      });
    },
    true,
  );
  document.addEventListener("htmx:confirm", (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    if (!ctx.confirm) return;
    event.preventDefault();
    ask(ctx.confirm, ctx.sourceElement.dataset.confirmLabel).then((yes) =>
      yes ? issueRequest() : dropRequest(),
    );
  });
})();
