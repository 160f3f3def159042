// Six steps through the workspace, shown once and again on request.
import { byId, h } from "./dom.js";
import { openTool } from "./drawer.js";
import { here, memory } from "./store.js";

const usual = () => here.state.commands.find((one) => one.command === "/action") ?? here.state.commands[0];
const example = () => {
  const command = usual();
  if (!command) return "a message";
  return command.command === "/action" ? "/action add Draft the agenda by next Friday" : command.command;
};

const STEPS = [
  ["#actor", "Pick a person", () => "You act as one person of this workspace. Choose another here: a chair, a member, a coordinator, somebody from another organisation."],
  ["#write", "Type a command", () => `Press / to see the commands, or type ${example()} in a group's channel and press Enter.`],
  ["#log", "Read the card", () => `${here.botName()} answers with a card: what, who, by when. It is edited in place for as long as the action lives.`],
  ["#actor", "Switch and press a button", () => "Act as the person the action belongs to, open the app's messages, and press Mark done."],
  ["#clock-badge", "Move the clock", () => "Give an action a date, then go a week ahead: reminders arrive as they would, each in its reader's morning, on Monday each chair's digest, and before a call who owes what for it."],
  ["[data-tool=inspector]", "Look behind it", () => "The Inspector shows every message between workspace and app, and how fast it was acknowledged."],
];

let at = 0;
let box = null;

function point(selector) {
  for (const node of document.querySelectorAll(".toured")) node.classList.remove("toured");
  const target = document.querySelector(selector);
  (target?.closest(".composer-box") ?? target)?.classList.add("toured");
}

export function end() {
  point("#none");
  box?.remove();
  box = null;
  memory.set("tour", "seen");
}

function step(to) {
  at = to;
  if (at >= STEPS.length) return end();
  const [selector, title, words] = STEPS[at];
  if (at === 4) openTool("clock");
  if (at === 5) openTool("inspector");
  point(selector);
  box.replaceChildren(
    h("small", { class: "overline" }, `Step ${at + 1} of ${STEPS.length}`),
    h("h3", {}, title), h("p", {}, words()),
    h("div", { class: "button-row" },
      h("button", { type: "button", class: "button small", on: { click: end } }, "Skip"),
      h("span", { class: "space" }),
      at ? h("button", { type: "button", class: "button small", on: { click: () => step(at - 1) } }, "Back") : null,
      h("button", { type: "button", class: "button small primary", on: { click: () => step(at + 1) } }, at === STEPS.length - 1 ? "Done" : "Next")));
}

function begin() {
  end();
  box = h("aside", { class: "tour", role: "dialog", "aria-label": "Tour", data: { testid: "tour" } });
  document.body.append(box);
  step(0);
}

export function start() {
  byId("tour-start").addEventListener("click", begin);
  if (memory.get("tour") !== "seen") begin();
}
