// What Swagger's page keeps from whoever listens to it or uses no mouse: levels of headings, names
// of choices, a way into examples that scroll.
const levels = { "h3.opblock-tag": "2", ".opblock-section-header h4": "3", ".models h4": "2" };
const set = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);
const settle = () => {
  for (const [selector, level] of Object.entries(levels))
    for (const heading of document.querySelectorAll(selector)) set(heading, "aria-level", level);
  for (const choice of document.querySelectorAll("tr[data-param-name] select"))
    set(choice, "aria-label", choice.closest("tr").dataset.paramName);
  for (const example of document.querySelectorAll(".microlight")) set(example, "tabindex", "0");
  for (const about of document.querySelectorAll(".information-container")) {
    set(about, "role", "region");
    set(about, "aria-label", document.title);
  }
};
new MutationObserver(settle).observe(document.getElementById("swagger-ui"), { childList: true, subtree: true });
