// Behaviour of the design system. Everything is delegated from the document, so that parts swapped
// in by htmx work without being initialised. docs/design.md says which attribute does what.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = () => find("#app-words")?.dataset ?? {};
  const toast = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));

  // ---- Dialogs and the side panel -----------------------------------------------------------
  const docks = window.matchMedia("(min-width: 80rem)");
  const beside = (dialog) => dialog.id === "panel" && !dialog.matches(":modal");
  let opener = null;
  let worked = null; // the queue row the open panel works, by id; "" for ticked rows, null for none
  const openPanel = (source) => {
    const panel = find("#panel");
    if (!panel) return;
    const title = find("[data-panel-title]", panel);
    if (title) {
      title.id ||= "panel-title";
      panel.setAttribute("aria-labelledby", title.id);
      panel.removeAttribute("aria-label");
    }
    if (!panel.open) {
      opener = document.activeElement;
      worked = queueOf(source) ? (source.closest("[data-row]")?.id ?? "") : null;
      // Where there is room it stands beside the page, which goes on working; else it covers it.
      if (docks.matches) panel.show();
      else panel.showModal();
      document.getElementById(worked)?.scrollIntoView({ block: "nearest" });
    } else if (queueOf(source)) worked = source.closest("[data-row]")?.id ?? "";
    const body = find("#panel-body");
    body.inert = false;
    body.scrollTop = 0;
    (find("[data-focus], [autofocus]", body) ?? body).focus();
  };
  document.addEventListener(
    "close",
    (event) => {
      if (event.target.id === "panel") {
        find("#panel-body")?.replaceChildren();
        // The queue may have been drawn anew below the panel: its row is looked up again.
        const row = worked && document.getElementById(worked);
        if (opener?.isConnected) opener.focus();
        else if (row) goTo(row);
        worked = null;
      }
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const dialogOpener = event.target.closest("[data-dialog]");
    if (dialogOpener) {
      return document.getElementById(dialogOpener.dataset.dialog)?.showModal();
    }
    if (event.target.closest("[data-dialog-close]")) return event.target.closest("dialog")?.close();
    // A click on the backdrop hits the dialog element itself.
    if (event.target.matches?.("dialog:modal")) {
      const box = event.target.getBoundingClientRect();
      const inside =
        event.clientX >= box.left && event.clientX <= box.right &&
        event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) return event.target.close();
    }
    for (const menu of all("details[data-popmenu][open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details[data-popmenu][open]");
    const panel = find("#panel[open]");
    if (!menu && panel && beside(panel) && !find("dialog:modal")) return panel.close();
    if (!menu) return;
    menu.open = false;
    find("summary", menu)?.focus();
  });

  // ---- htmx ---------------------------------------------------------------------------------
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const token = find('meta[name="csrf-token"]')?.content;
    if (token && !/^(GET|HEAD|QUERY)$/.test(ctx.request.method))
      ctx.request.headers["X-CSRFToken"] = token;
    if (fromQueue(ctx.sourceElement)) ctx.request.headers["X-Queue"] = "1";
    // Empty filters stay out of the address.
    if (ctx.sourceElement.matches("form[data-clean]"))
      for (const [name, value] of [...ctx.request.body]) if (value === "") ctx.request.body.delete(name);
  });
  let asked = null; // the last request for the panel; an answer to an earlier one comes too late
  document.addEventListener("htmx:before:request", (event) => {
    // What the panel shows is somebody else's from here on: none of its buttons may be pressed.
    const { ctx } = event.detail;
    const body = find("#panel-body");
    if (!body || ctx.target !== body) return;
    asked = ctx;
    if (ctx.request?.method === "GET") body.inert = true;
  });
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const late = ctx.target?.id === "panel-body" && ctx.request?.method === "GET" && ctx !== asked;
    if (late) return event.preventDefault();
    // fetch() follows redirects silently: a session that ended would put the sign-in page into a
    // fragment. Whoever was redirected moves there instead.
    const { raw } = event.detail.ctx.response;
    if (!raw.redirected) return;
    event.preventDefault();
    window.location.assign(raw.url);
  });
  document.addEventListener("htmx:response:error", (event) => {
    find("#panel-body")?.removeAttribute("inert");
    const { status, headers } = event.detail.ctx.response;
    if (status === 409 || status === 422) return; // these answers are made for the page
    const plain = (headers.get("Content-Type") ?? "").startsWith("text/plain");
    const own = plain ? event.detail.ctx.text : "";
    const w = words();
    const usual = { 403: w.forbidden, 404: w.missing }[status];
    toast(own || usual || (status >= 500 ? w.broken : w.refused));
  });
  document.addEventListener("htmx:error", (event) => {
    find("#panel-body")?.removeAttribute("inert");
    if (event.detail.error instanceof TypeError || event.detail.error === "timeout")
      toast(words().offline);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx?.target?.id === "panel-body" && ctx.status !== "error") openPanel(ctx.sourceElement);
    settle();
  });

  const settle = () => {
    const summary = find("[data-error-summary]:not([data-seen])");
    if (summary) {
      summary.dataset.seen = "1";
      summary.focus();
    }
  };
  // On a phone the parts of a place are wider than the screen: begin with the one that is open.
  const showTab = () => {
    const tab = find(".tabs [aria-current]");
    const strip = tab?.closest(".tabs");
    if (strip) strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - 48;
  };
  document.addEventListener("click", (event) => {
    // A line of the error summary puts the cursor into its field.
    const link = event.target.closest?.("[data-error-summary] a[href^='#']");
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    const control = field.matches("input, select, textarea") ? field : find("input, select, textarea", field);
    (control ?? field).focus();
  });

  // ---- Keyboard -----------------------------------------------------------------------------
  const keysOn = () => {
    try {
      return localStorage.getItem("keys") !== "off";
    } catch {
      return true;
    }
  };
  const showKeys = () => {
    const on = keysOn();
    document.documentElement.toggleAttribute("data-keys-off", !on);
    for (const button of all("[data-keys-toggle]")) {
      button.setAttribute("aria-pressed", String(on));
      const state = find("[data-keys-state]", button);
      if (state) state.textContent = on ? state.dataset.on : state.dataset.off;
    }
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-keys-toggle]")) return;
    try {
      localStorage.setItem("keys", keysOn() ? "off" : "on");
    } catch {
      // without storage the keys stay as they are
    }
    showKeys();
  });
  const current = () => find("[data-row].is-current");
  const goTo = (row) => {
    if (!row) return;
    current()?.classList.remove("is-current");
    row.classList.add("is-current");
    const link = find("[data-open]", row);
    link?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-queue] [data-row]");
    if (!row || row === current()) return;
    current()?.classList.remove("is-current");
    row.classList.add("is-current");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (find("dialog:modal")) return;
    const rows = all("[data-queue] [data-row]");
    if (!rows.length) return;
    const at = rows.indexOf(current());
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      event.preventDefault();
      const to = key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0);
      return goTo(rows[to]);
    }
    if (key === "x" && at >= 0) {
      event.preventDefault();
      return find('input[name="ids"]', rows[at])?.click();
    }
    // Enter presses the focused link by itself; any other letter is a control of the row.
    const control = at >= 0 && /^[a-z]$/.test(key) && find(`[data-key="${key}"]`, rows[at]);
    if (control) {
      event.preventDefault();
      control.click();
    }
  });
  // A queue that says where it is drawn (data-queue-url) is worked from the side panel: what is
  // done there says so with "queue:next", "queue:stay" or "queue:again", the queue is drawn anew, and
  // the panel goes on to the row that follows, closes, or shows what the event names. docs/design.md, "A queue".
  const queueOf = (element) => element?.closest?.("[data-queue-url]") ?? null;
  const fromQueue = (element) =>
    Boolean(
      queueOf(element) ||
        (worked !== null && element?.closest?.("#panel")) ||
        (find("[data-queue-url]") && element?.closest?.("[data-undo]")),
    );
  const drawAnew = async (goOn, url = "") => {
    const area = find("[data-queue-url]");
    if (!area) return;
    const panel = find("#panel");
    const ids = all("[data-row]", area).map((row) => row.id);
    const at = ids.indexOf(worked || current()?.id);
    const order = [...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0))];
    // With the queue as source the server is told that it is wanted alone (HX-Target).
    await window.htmx.ajax("GET", area.dataset.queueUrl, { source: area, target: area, swap: "outerHTML" });
    const isLeft = (id) => document.getElementById(id);
    // What is done again is worked as the row that is about it, by the key both end in.
    const about = url && all("[data-queue-url] [data-row]").find((row) => url.includes(row.id.slice(-36)));
    const same = goOn ? about : isLeft(ids[at]);
    const next = same || order.map(isLeft).find(Boolean);
    next?.classList.add("is-current");
    const link = next && find("[data-open][hx-get]", next);
    if (url) {
      const body = find("#panel-body");
      worked = about?.id ?? "";
      await window.htmx.ajax("GET", url, { source: body, target: body, swap: "innerHTML" });
      worked = about?.id ?? "";
    } else if (panel?.open && goOn && link) {
      worked = next.id;
      link.click();
    } else if (panel?.open) {
      worked = next?.id ?? "";
      opener = null;
      panel.close();
    } else goTo(next);
    if (!next) find(`#${area.id}`)?.focus();
  };
  document.addEventListener("queue:next", () => drawAnew(true));
  document.addEventListener("queue:stay", () => drawAnew(false));
  document.addEventListener("queue:again", ({ detail }) => drawAnew(true, detail.url));
  const start = () => {
    showKeys();
    showTab();
    settle();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
