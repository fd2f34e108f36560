/* Draw each chart of a dashboard from the rows that stand in the page. Expressions are interpreted (`ast`), not
   compiled, so that the page's policy need not allow evaluation of code; nothing is fetched. */
const COLOURS = ["#1f4e79", "#e08214", "#2a7f62", "#b2182b", "#7b5ea7", "#56b4e9", "#8c510a", "#8a8f94"];
/* A chart is one picture with a label; its parts are hidden from screen readers, which have its numbers in a table. */
const CONFIG = {
  background: null,
  view: { stroke: null },
  range: { category: COLOURS },
  axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelColor: "#24303a", titleColor: "#24303a",
    gridColor: "#e3e8ec", domainColor: "#8a96a0", tickColor: "#8a96a0", labelLimit: 240 },
  axisQuantitative: { tickCount: 6, tickMinStep: 1, labelFlush: false },
  legend: { orient: "top", title: null, labelFontSize: 12, labelColor: "#24303a", symbolType: "square", labelLimit: 260 },
  bar: { color: COLOURS[0], stroke: "#ffffff", strokeWidth: 0.5 },
  rule: { color: COLOURS[0] },
  line: { strokeWidth: 2.5 },
};
const NARROW = 480; // pixels of a chart's own width

function settings(library, display, width, tall) {
  if (library === "vega") {
    return { autosize: { type: "fit", resize: true }, width, height: tall ? 480 : 280, ...display };
  }
  const config = structuredClone(CONFIG);
  config.font = getComputedStyle(document.body).fontFamily; // named, for the room that labels take is worked out from it
  if (width < NARROW) {
    config.legend.columns = Math.max(1, Math.floor(width / 130));
    config.axis.labelLimit = Math.round(width * 0.36);
    config.axis.labelFontSize = config.legend.labelFontSize = 11;
  }
  return { width: "container", height: tall ? 480 : 280, autosize: { type: "fit-x", contains: "padding" }, config, ...display };
}

function rowsOf(library, display, rows) {
  return library === "vega" ? { data: [{ name: "table", values: rows }, ...(display.data || [])] } : { data: { values: rows } };
}

async function draw(place) {
  const library = place.dataset.chart;
  const { display, rows } = JSON.parse(document.getElementById(place.id.replace("chart-", "rows-")).textContent);
  const spec = { ...settings(library, display, place.clientWidth, place.classList.contains("tall")), ...rowsOf(library, display, rows) };
  try {
    await vegaEmbed(place.firstElementChild, spec, { mode: library, ast: true, renderer: "svg", actions: false, defaultStyle: false, logLevel: vega.Error });
    place.dataset.drawn = rows.length;
  } catch (error) {
    place.textContent = `This chart could not be drawn (${error.message}); its numbers are below.`;
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
  }
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-chart]").forEach(draw));
