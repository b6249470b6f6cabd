// Alpine components: the CSP build evaluates no expressions, so they are named here (docs/design.md).
document.addEventListener("alpine:init", () => {
  "use strict";
  const { Alpine } = window;
  // <div x-data="disclosure"><button @click="toggle" :aria-expanded="open">…<div x-show="open">
  Alpine.data("disclosure", () => ({
    open: false,
    toggle() {
      this.open = !this.open;
    },
  }));
  // <div x-data="copy"><output x-ref="text">…<button @click="run">…<span x-text="said">
  Alpine.data("copy", () => ({
    said: "",
    async run() {
      await navigator.clipboard.writeText(this.$refs.text.value ?? this.$refs.text.textContent);
      this.said = document.getElementById("app-words")?.dataset.copied ?? "";
    },
  }));
  // <div x-data="counter"><textarea x-ref="text" maxlength=… @input="count">…<span x-text="left">
  Alpine.data("counter", () => ({
    left: 0,
    init() {
      this.count();
    },
    count() {
      this.left = this.$refs.text.maxLength - this.$refs.text.value.length;
    },
  }));
});

// A chip that fills in a field: <button type="button" data-preset="id of the field">its text</button>
document.addEventListener("click", (event) => {
  const preset = event.target.closest?.("[data-preset]");
  const field = preset && document.getElementById(preset.dataset.preset);
  if (!field) return;
  field.value = preset.textContent.trim();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
