// Failure switches and Reset.
import { act, complaint, post } from "./api.js";
import { byId, h, toast } from "./dom.js";
import { ask } from "./popover.js";
import { here, tell, when } from "./store.js";

const KINDS = {
  rate_limited: "Refuse with 429 and Retry-After",
  server_error: "Answer 500",
  slow: "Answer late",
  hang: "Never answer",
  refused: "Answer ok: false with a code",
  drop_after_accept: "Do it, then drop the connection",
  accept_late: "Do it later than the answer",
  duplicate_envelope: "Deliver everything twice",
  drop_envelope: "Lose what is sent to the app",
  disconnect: "Cut the socket",
  no_charts: "Refuse charts and data tables",
  scope_removed: "Take a permission away",
  history_lag: "Let history lag behind",
};
const WITH = {
  rate_limited: ["method", "times", "seconds"], server_error: ["method", "times", "status"], slow: ["method", "times", "seconds"], hang: ["method", "times", "seconds"],
  refused: ["method", "times", "error"], drop_after_accept: ["method", "times"], accept_late: ["method", "times", "seconds"], duplicate_envelope: ["times"],
  drop_envelope: ["times"], disconnect: ["seconds"], no_charts: [], scope_removed: ["scope"], history_lag: ["seconds"],
};
const LABELS = { method: ["Method", "all"], times: ["Times", "1"], seconds: ["Seconds", "5"], status: ["Status", "500"], error: ["Code", "channel_not_found"], scope: ["Permission", "chat:write"] };
const NUMBERS = new Set(["times", "seconds", "status"]);

function rules() {
  return (here.state.faults ?? []).map((rule) => h("li", {}, h("strong", {}, rule.kind), " ",
    Object.entries(rule).filter(([name, value]) => name !== "kind" && value !== null).map(([name, value]) => `${name} ${value}`).join(", ")));
}

function draw() {
  const active = here.state.faults ?? [];
  byId("faults-badge").hidden = !active.length;
  byId("faults-badge").textContent = String(active.length);
  byId("fault-rules").replaceChildren(...(active.length ? rules() : [h("li", { class: "muted" }, "Everything works.")]));
}

function faultForm() {
  const kind = h("select", { class: "field", id: "fault-kind" }, Object.entries(KINDS).map(([value, words]) => h("option", { value }, `${value} — ${words}`)));
  const more = h("div", { class: "fault-fields" });
  const fields = () => {
    more.replaceChildren(...WITH[kind.value].map((name) => h("label", {}, LABELS[name][0],
      h("input", { class: "field", name, type: NUMBERS.has(name) ? "number" : "text", min: NUMBERS.has(name) ? 1 : undefined, placeholder: LABELS[name][1] }))));
  };
  kind.addEventListener("change", fields);
  fields();
  const add = async (event) => {
    event.preventDefault();
    const given = [...more.querySelectorAll("input")].filter((input) => input.value !== "").map((input) => [input.name, NUMBERS.has(input.name) ? Number(input.value) : input.value]);
    await act("faults", { set: [{ kind: kind.value, ...Object.fromEntries(given) }] });
    tell("stale");
  };
  return h("form", { class: "fault-form", on: { submit: add } }, h("label", { for: "fault-kind" }, "What goes wrong"), kind, more, h("button", { type: "submit", class: "button danger" }, "Switch on"));
}

const SEEDS = [
  ["demo", "Demo", "Five groups in the middle of their work, with their actions."],
  ["structure", "Structure", "People, groups and channels, but no actions or meetings."],
  ["empty", "Empty", "People and channels only: the app's very first day."],
];

async function reset(seed, label, button) {
  const went = await ask({ title: `Start again with “${label}”?`, body: "Everything said and done in this workspace is forgotten, and its clock goes back.", confirm: "Reset", deny: "Cancel", danger: true });
  if (!went) return;
  button.classList.add("pending");
  const result = await post("reset", { seed });
  button.classList.remove("pending");
  const wrong = complaint(result);
  toast(wrong ?? (result.bot_reset === false ? "The workspace is new, but the app runs elsewhere and keeps its own data." : "Everything is as at the start."), wrong ? "bad" : "info");
  tell("stale");
}

function seedCard([seed, label, about]) {
  const node = h("button", { type: "button", class: "card-box seed", on: { click: () => reset(seed, label, node) } }, h("strong", {}, label), h("span", {}, about));
  return node;
}

export function start() {
  byId("tool-faults").append(
    h("p", { class: "muted" }, "Make Slack misbehave on purpose and watch the app cope."),
    h("h3", {}, "Active"), h("ul", { id: "fault-rules", class: "rules" }),
    h("button", { type: "button", class: "button", on: { click: async () => { await act("faults", { clear: true }); tell("stale"); } } }, "Switch all off"),
    h("h3", {}, "Add"), faultForm());
  byId("tool-reset").append(h("p", { class: "muted" }, "Choose what the new workspace starts with."), ...SEEDS.map(seedCard));
  when("known", draw);
}
