// data_visualization blocks as inline SVG: line, area, bar, pie.
import { h, s } from "./dom.js";
import { plain } from "./mrkdwn.js";

const WIDE = 560;
const TALL = 220;
const EDGE = { left: 40, right: 12, top: 12, bottom: 30 };

const titleOf = (block) => plain(block.title?.text ?? block.title ?? "Chart");

function rounded(top) {
  const power = 10 ** Math.floor(Math.log10(Math.max(top, 1)));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((step) => step >= top) ?? top;
}

function legend(names) {
  return h("ul", { class: "legend" }, names.map((name, i) => h("li", {}, h("span", { class: `swatch tone-${i % 6}` }), plain(name))));
}

function words(series) {
  return series.map((one) => `${one.name}: ${one.points.map((point) => `${point.label} ${point.value}`).join(", ")}`).join(". ");
}

function figure(block, picture, names, said) {
  picture.setAttribute("aria-label", `${titleOf(block)}. ${said}`);
  return h("figure", { class: "chart", data: { testid: "chart" } }, h("figcaption", {}, titleOf(block)), picture, legend(names));
}

function seriesOf(chart, categories) {
  return (chart.series ?? []).map((one) => ({
    name: one.name ?? one.label ?? "",
    points: categories.map((label, i) => {
      const point = (one.data ?? []).find((item) => item?.label === label) ?? one.data?.[i];
      return { label, value: Number(point?.value ?? point ?? 0) };
    }),
  }));
}

function axes(categories, top, x, y) {
  const lines = [0, 0.25, 0.5, 0.75, 1].filter((part) => top >= 4 || Number.isInteger(part * top)).map((part) => {
    const value = part * top;
    return [
      s("line", { class: "rule", x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(value), y2: y(value) }),
      s("text", { class: "tick", x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" }, String(Number(value.toFixed(2)))),
    ];
  });
  const every = Math.ceil(categories.length / 10);
  const labels = categories.map((label, i) => (i % every ? null : s("text", { class: "tick", x: x(i), y: TALL - 10, "text-anchor": "middle" }, label)));
  return [...lines.flat(), ...labels.filter(Boolean)];
}

function marks(kind, series, x, y, step) {
  if (kind === "bar") {
    const width = (step * 0.7) / series.length;
    return series.flatMap((one, k) => one.points.map((point, i) =>
      s("rect", { class: `fill tone-${k % 6}`, rx: 2, x: x(i) - step * 0.35 + k * width, y: y(point.value), width: Math.max(width - 2, 1), height: y(0) - y(point.value) },
        s("title", {}, `${one.name}, ${point.label}: ${point.value}`))));
  }
  return series.flatMap((one, k) => {
    const spots = one.points.map((point, i) => `${x(i)},${y(point.value)}`);
    const area = kind === "area" ? [s("polygon", { class: `veil tone-${k % 6}`, points: `${x(0)},${y(0)} ${spots.join(" ")} ${x(one.points.length - 1)},${y(0)}` })] : [];
    const dots = one.points.map((point, i) => s("circle", { class: `fill tone-${k % 6}`, cx: x(i), cy: y(point.value), r: 3.5 }, s("title", {}, `${one.name}, ${point.label}: ${point.value}`)));
    return [...area, s("polyline", { class: `stroke tone-${k % 6}`, points: spots.join(" ") }), ...dots];
  });
}

function plotted(block, chart) {
  const categories = chart.axis_config?.categories ?? chart.categories ?? (chart.series?.[0]?.data ?? []).map((point) => point.label);
  const series = seriesOf(chart, categories);
  const top = rounded(Math.max(1, ...series.flatMap((one) => one.points.map((point) => point.value))));
  const step = (WIDE - EDGE.left - EDGE.right) / Math.max(categories.length, 1);
  const x = (i) => EDGE.left + (i + 0.5) * step;
  const y = (value) => EDGE.top + (1 - value / top) * (TALL - EDGE.top - EDGE.bottom);
  const picture = s("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, role: "img" }, axes(categories, top, x, y), marks(chart.type, series, x, y, step));
  return figure(block, picture, series.map((one) => one.name), words(series));
}

function pie(block, chart) {
  const parts = (chart.segments ?? []).map((part) => ({ label: part.label ?? part.name, value: Number(part.value) }));
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  const spot = (turn) => `${110 + 90 * Math.sin(turn * 2 * Math.PI)} ${110 - 90 * Math.cos(turn * 2 * Math.PI)}`;
  let from = 0;
  const slices = parts.map((part, i) => {
    const to = from + part.value / total;
    const shape = to - from >= 0.9999
      ? s("circle", { class: `fill tone-${i % 6}`, cx: 110, cy: 110, r: 90 })
      : s("path", { class: `fill slice tone-${i % 6}`, d: `M110 110 L${spot(from)} A90 90 0 ${to - from > 0.5 ? 1 : 0} 1 ${spot(to)} Z` });
    shape.append(s("title", {}, `${part.label}: ${part.value}`));
    from = to;
    return shape;
  });
  const picture = s("svg", { viewBox: "0 0 220 220", role: "img", class: "pie" }, slices);
  return figure(block, picture, parts.map((part) => `${part.label} (${part.value})`), parts.map((part) => `${part.label} ${part.value}`).join(", "));
}

export function dataVisualization(block) {
  const chart = block.chart ?? block;
  if (chart.type === "pie") return pie(block, chart);
  if (["line", "area", "bar"].includes(chart.type)) return plotted(block, chart);
  return h("div", { class: "unknown", role: "alert" }, `Unknown chart: ${chart.type}`);
}
