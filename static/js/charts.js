// Draws <figure data-chart="table-id"> from that table: bars stacked by its [data-series] columns.
// The table is the one source: without this script it simply stands there, open.
(() => {
  "use strict";
  const { Chart } = window;
  if (!Chart) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map();

  // light-dark() only resolves on an element: a probe is asked for the colour it computes.
  const colours = (figure) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    figure.append(probe);
    const of = (name) => {
      probe.className = "chart-probe " + name;
      return getComputedStyle(probe).color;
    };
    const found = { of, text: of("chart-ink"), line: of("chart-line") };
    return [found, () => probe.remove()];
  };

  const read = (table) => ({
    labels: [...table.querySelectorAll("tbody th")].map((cell) => cell.dataset.short || cell.textContent.trim()),
    links: [...table.querySelectorAll("tbody th")].map((cell) => cell.querySelector("a")?.href),
    series: [...table.querySelectorAll("[data-series]")].map((head, at) => ({
      key: head.dataset.series,
      label: head.textContent.trim(),
      data: [...table.querySelectorAll("tbody tr")].map((row) =>
        Number(row.querySelectorAll("[data-part]")[at].textContent),
      ),
    })),
  });

  const draw = (figure) => {
    const table = document.getElementById(figure.dataset.chart);
    if (!table) return;
    figure.hidden = false;
    const { labels, links, series } = read(table);
    const [colour, done] = colours(figure);
    drawn.get(figure)?.destroy();
    const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
    const chart = new Chart(figure.querySelector("canvas"), {
      type: "bar",
      data: {
        labels,
        datasets: series.map(({ key, label, data }) => ({
          label,
          data,
          backgroundColor: colour.of(`chart-key-${key}`),
          borderRadius: 2,
          maxBarThickness: 36,
        })),
      },
      options: {
        animation: calm.matches ? false : { duration: 250 },
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        onClick: (_event, items) => {
          const link = items.length && links[items[0].index];
          if (link) window.location.assign(link);
        },
        onHover: (event, items) => {
          const leads = items.length && links[items[0].index];
          event.native.target.classList.toggle("is-link", Boolean(leads));
        },
        scales: {
          x: { stacked: true, grid: { display: false }, border: { color: colour.line }, ticks: { color: colour.text, font } },
          y: { stacked: true, beginAtZero: true, grid: { color: colour.line }, border: { display: false }, ticks: { color: colour.text, font, precision: 0, maxTicksLimit: 6 } },
        },
        plugins: { legend: { display: false }, tooltip: { bodyFont: font, titleFont: font, footerFont: font } },
      },
    });
    done();
    if (!drawn.has(figure)) figure.parentElement.querySelector("[data-chart-table]")?.removeAttribute("open");
    drawn.set(figure, chart);
  };

  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  new MutationObserver(drawAll).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-bs-theme"],
  });
  drawAll();
})();
