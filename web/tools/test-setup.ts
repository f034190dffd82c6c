import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// What jsdom lacks and the components ask for.
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: false, media: query, onchange: null,
  addEventListener: () => undefined, removeEventListener: () => undefined,
  addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false,
}));
vi.stubGlobal("ResizeObserver", class {
  observe(): void { /* nothing changes its size here */ }
  unobserve(): void { /* nothing was observed */ }
  disconnect(): void { /* nothing was observed */ }
});
vi.stubGlobal("IntersectionObserver", class {
  observe(): void { /* nothing comes into view here */ }
  unobserve(): void { /* nothing was observed */ }
  disconnect(): void { /* nothing was observed */ }
});
vi.spyOn(window, "getComputedStyle").mockImplementation(((style) => (element: Element) => style(element))(window.getComputedStyle.bind(window)));
Element.prototype.scrollIntoView = () => undefined;
// jsdom keeps the real one for same-document links only; pages here are never left.
window.scrollTo = () => undefined;

afterEach(() => {
  cleanup();
  localStorage.clear();
});
