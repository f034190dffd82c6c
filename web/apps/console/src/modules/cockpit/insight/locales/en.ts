import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  menu: "Funnels",
  title: "Funnel",
  lead: "Choose steps in their order and see how many got how far, and how long each step took.",
  steps: "Steps of the funnel",
  step: "Step {{number}}",
  addStep: "Add a step",
  removeStep: "Remove step {{number}}",
  idle: "Choose two steps to begin",
  idleText: "For example: page viewed → code scanned → member added. The link remembers your choice and can be shared.",
  chart: "Conversion",
  table: "Details",
  median: "median {{time}}",
  window: { label: "Window", h1: "Within 1 hour", h24: "Within 1 day", h168: "Within 7 days", h720: "Within 30 days" },
  suspicious: {
    exclude: "Leave suspicious traffic out",
    definition: "Crawlers, programs and cheats (suspicion 50 or more) are not counted. Nothing is deleted; switch it off to see everything.",
  },
  figure: { entered: "Entered", finished: "Finished", rate: "Conversion", time: "Time taken" },
  definition: {
    entered: "People who did the first step in the chosen dates, each counted once.",
    finished: "People who did all steps in their order within the window.",
    rate: "Finished ÷ entered.",
    time: "Sum of the median times of all steps.",
  },
  column: { step: "Step", people: "People", fromPrevious: "From previous", fromFirst: "From first", median: "Median time" },
};
