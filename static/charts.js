// Charts drawn from the table beside them: what the table says is the data. Without this script the table stands alone.
const LOOKS = [
  { stroke: "#00428c", fill: "#00428c", width: 2.5, dash: [] },
  { stroke: "#8b4000", fill: "#8b4000", width: 2.5, dash: [8, 4] },
  { stroke: "#1d6b3a", fill: "#1d6b3a", width: 2.5, dash: [2, 4] },
  { stroke: "#5a5a5a", fill: "#5a5a5a", width: 2.5, dash: [12, 3, 2, 3] },
];
const HEIGHT = 230;

for (const place of document.querySelectorAll("[data-chart]")) draw(place);

function draw(place) {
  const table = document.getElementById(place.dataset.chart);
  const read = "across" in place.dataset ? columns(table) : rows(table);
  const lines = read.lines.filter((line) => line.values.some((value) => value));
  if (!lines.length || !window.uPlot) return; // nothing to draw: the table says so
  place.hidden = false;
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", place.dataset.label);
  const bars = "across" in place.dataset;
  const chart = new window.uPlot(settings(read.months, lines, bars, width(place)), [read.months.map((_month, at) => at), ...lines.map((line) => line.values)], place);
  new ResizeObserver(() => chart.setSize({ width: width(place), height: HEIGHT })).observe(place);
}

// Lines are the rows marked data-series, their months the cells with data-value.
function rows(table) {
  const months = [...table.querySelectorAll("thead th.report-month")].map((cell) => cell.textContent);
  const lines = [...table.querySelectorAll("tbody tr[data-series]")].map((row) => ({ name: row.querySelector("th a").textContent, values: [...row.querySelectorAll("[data-value]")].map(number) }));
  return { months, lines };
}

// Lines are the columns marked data-series, their months the rows.
function columns(table) {
  const body = [...table.querySelectorAll("tbody tr")];
  const heads = [...table.querySelectorAll("thead [data-series]")];
  const months = body.map((row) => row.querySelector("th").textContent);
  return { months, lines: heads.map((head, at) => ({ name: head.textContent, values: body.map((row) => number(row.querySelectorAll("[data-value]")[at])) })) };
}

function number(cell) {
  return cell.dataset.value === "" ? null : Number(cell.dataset.value);
}

function settings(months, lines, bars, wide) {
  const font = `13px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { font, stroke: "#414141", grid: { stroke: "#dedede", width: 1 }, ticks: { stroke: "#dedede", width: 1, size: 4 } };
  const series = lines.map((line, at) => {
    const look = LOOKS[at % LOOKS.length];
    if (bars && at === 0) return { label: line.name, stroke: "#00428c", fill: "#c0e4ff", width: 1, paths: window.uPlot.paths.bars({ size: [0.6, 40] }), points: { show: false } };
    return { label: line.name, stroke: look.stroke, width: look.width, dash: look.dash, points: { show: true, size: 7, fill: look.fill } };
  });
  return {
    width: wide, height: HEIGHT, series: [{ label: "" }, ...series],
    scales: { x: { time: false, range: [-0.6, months.length - 0.4] }, y: { range: (_chart, _low, high) => [0, Math.max(high * 1.1, 1)] } },
    axes: [{ ...axis, grid: { show: false }, splits: () => months.map((_month, at) => at), values: (_chart, at) => at.map((each) => (wide > 560 || each % 2 === 0 ? months[each] : "")) },
           { ...axis, size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] }],
    legend: { live: false, isolate: false }, cursor: { show: false },
  };
}

function width(place) {
  const style = getComputedStyle(place);
  return Math.max(240, place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}
