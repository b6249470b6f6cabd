// What was typed is not lost when the session ended meanwhile: whoever signs in again finds the form
// as it was (docs/decisions/0028). A form that is sent is kept in this tab, sealed with a key that only
// the person's own pages carry, until something else than "sign in" is answered. No password, no file.
(() => {
  "use strict";
  const NAME = "draft";
  const LASTS = 60 * 60 * 1000; // ms
  const MOST = 300_000; // characters
  const meta = document.querySelector('meta[name="draft-key"]');
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const here = () => location.pathname + location.search;
  const inside = (url) => {
    const { pathname, search } = new URL(url, location.href);
    return pathname + search;
  };
  const unkept = "[type=password], [type=file], [type=submit], [name=csrfmiddlewaretoken], button";
  const fieldsOf = (form) => [...form.elements].filter((each) => each.name && !each.matches(unkept));
  const forget = () => {
    try {
      sessionStorage.removeItem(NAME);
    } catch {
      // without storage nothing was kept
    }
  };

  // ---- Sealing: AES-GCM; a page of somebody else has another key and cannot read it -------------
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (c) => String.fromCharCode(c)).join(""));
  const key = () => crypto.subtle.importKey("raw", bytes(meta.content), "AES-GCM", false, ["encrypt", "decrypt"]);
  const seal = async (data) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(data));
    return `${text(iv)}.${text(sealed)}`;
  };
  const unseal = async (kept) => {
    const [iv, sealed] = kept.split(".").map(bytes);
    const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
    return new TextDecoder().decode(data);
  };

  // ---- Keeping -------------------------------------------------------------------------------
  let panel = ""; // where the side panel's content came from
  const keep = async (form) => {
    const fields = fieldsOf(form);
    forget();
    if (!fields.some((each) => each.type !== "hidden")) return;
    const sent = new FormData(form);
    const names = [...new Set(fields.map((each) => each.name))];
    const data = JSON.stringify({
      at: Date.now(),
      page: here(),
      action: inside(form.getAttribute("action") || location.href),
      panel: form.closest("#panel-body") ? panel : "",
      values: names.map((name) => [name, sent.getAll(name)]),
    });
    if (data.length > MOST) return;
    try {
      sessionStorage.setItem(NAME, await seal(data));
    } catch {
      // no storage, or no secure connection: then it is as without scripts
    }
  };
  const keeps = Boolean(meta && window.crypto?.subtle);
  const isKept = (form) => form.method === "post" && !form.matches("[data-unkept]");
  document.addEventListener("submit", (event) => {
    if (keeps && !event.defaultPrevented && isKept(event.target)) keep(event.target);
  }, true);
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const { status, url, redirected } = ctx.response.raw;
    if (ctx.target?.id === "panel-body" && ctx.request.method === "GET" && status < 400) panel = inside(url);
    if (ctx.sourceElement?.matches?.("form") && status !== 401 && !redirected) forget();
  });

  // ---- Bringing it back ----------------------------------------------------------------------
  const fill = (form, values) => {
    const left = new Map(values);
    for (const field of fieldsOf(form)) {
      if (!left.has(field.name)) continue;
      const given = left.get(field.name);
      const before = field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = given.includes(field.value);
      else if (field.matches("select[multiple]")) for (const each of field.options) each.selected = given.includes(each.value);
      else if (given.length) field.value = given.length > 1 ? given.shift() : given[0];
      const now = field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
      if (before === now || field.type === "hidden") continue;
      const folded = field.closest("details");
      if (folded) folded.open = true;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    const found = new Set(fieldsOf(form).map((field) => field.name));
    return values.filter(([name, given]) => given.length && !found.has(name));
  };
  const formOf = (data) =>
    all('form[method="post"]').find((form) => inside(form.getAttribute("action") || location.href) === data.action);
  const bringBack = async () => {
    let kept = null;
    try {
      kept = sessionStorage.getItem(NAME);
    } catch {
      return;
    }
    forget();
    const from = document.referrer && new URL(document.referrer);
    const again = from && from.origin === location.origin && from.pathname.startsWith(meta.dataset.signIn);
    if (!kept || !again) return;
    let data;
    try {
      data = JSON.parse(await unseal(kept));
    } catch {
      return; // somebody else's
    }
    if (Date.now() - data.at > LASTS || data.page !== here()) return;
    if (data.panel) {
      const body = document.querySelector("#panel-body");
      await window.htmx.ajax("GET", data.panel, { source: body, target: body, swap: "innerHTML" });
    }
    const form = formOf(data);
    if (!form) return;
    let left = fill(form, data.values);
    // What only another answer brings into the form: a field that depends on one, what a search finds.
    const more = () => {
      const again = formOf(data);
      if (left.length && again) left = fill(again, left);
      if (!left.length) document.removeEventListener("htmx:after:swap", more);
    };
    if (left.length) document.addEventListener("htmx:after:swap", more);
    document.dispatchEvent(new CustomEvent("toast", { detail: { words: "restored", tone: "info" } }));
  };
  if (!keeps) return;
  // After htmx knows the page: what is filled in may ask for more of the form.
  if (document.readyState === "complete") bringBack();
  else window.addEventListener("load", () => setTimeout(bringBack));
})();
