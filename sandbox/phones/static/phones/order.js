// Showing what is asked for again and again: in the order of the questions, and never while somebody presses.

const LONGEST_PRESS_MS = 3_000;

let released = Promise.resolve();

addEventListener("pointerdown", () => {
  released = new Promise((resolve) => {
    // The click comes right behind the release, in the same task: what was pressed must still be there.
    const end = () => setTimeout(resolve);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end, { capture: true, once: true });
    setTimeout(resolve, LONGEST_PRESS_MS);
  });
}, { capture: true });

/**
 * For one thing that is shown: `await latest(question)` gives the answer once nobody presses, and null for an answer that
 * came behind that of a later question. Errors pass.
 */
export function inOrder() {
  let asked = 0;
  let shown = 0;
  return async (question) => {
    asked += 1;
    const mine = asked;
    const answer = await question;
    await released;
    if (mine < shown) return null;
    shown = mine;
    return answer;
  };
}
