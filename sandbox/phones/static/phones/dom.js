// Building elements.

/**
 * An element. Attributes that start with "on" are listeners, `class` and others are set as they are,
 * false, null and undefined ones are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An icon from its SVG text. */
export function svg(markup, name = "") {
  const holder = document.createElement("template");
  holder.innerHTML = markup;
  const element = holder.content.firstElementChild;
  if (name) element.setAttribute("class", name);
  element.setAttribute("aria-hidden", "true");
  return element;
}

const LONG_PRESS_MS = 500;

/** Run something after a long press, or a right click, on an element. */
export function onLongPress(element, run) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  element.addEventListener("pointerdown", (event) => {
    stop();
    if (event.button === 0) timer = setTimeout(run, LONG_PRESS_MS);
  });
  for (const name of ["pointerup", "pointermove", "pointercancel", "pointerleave"]) element.addEventListener(name, stop);
  element.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    stop();
    run();
  });
  return element;
}

export function avatar(source) {
  return h("img", { class: "avatar", src: source, alt: "", draggable: "false" });
}
