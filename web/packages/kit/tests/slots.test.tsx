import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { gatherFillings, Slot, SlotContext } from "../src/slots/Slots";

declare module "../src/slots/Slots" {
  interface Slots {
    "test.place": { who: string };
    "test.empty": { who: string };
  }
}

describe("places on pages that modules fill", () => {
  const gathered = gatherFillings([
    { "test.place": ({ who }) => <p>first of {who}</p> },
    undefined,
    { "test.place": ({ who }) => <p>second of {who}</p> },
  ]);

  it("keeps both of two modules that fill the same place, in the order of the modules", () => {
    render(
      <SlotContext value={gathered}>
        <Slot name="test.place" given={{ who: "Ann" }} />
      </SlotContext>,
    );
    expect(screen.getAllByText(/of Ann/).map((one) => one.textContent)).toEqual(["first of Ann", "second of Ann"]);
  });

  it("shows nothing where nobody fills, and knows no such place", () => {
    const { container } = render(
      <SlotContext value={gathered}>
        <Slot name="test.empty" given={{ who: "Ann" }} />
      </SlotContext>,
    );
    expect(container.innerHTML).toBe("");
    expect("test.empty" in gathered).toBe(false);
  });
});
