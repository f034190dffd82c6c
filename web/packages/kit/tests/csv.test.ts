import { toCsv } from "@cove/kit/report/csv";
import { expect, it } from "vitest";

it("quotes what needs quotes and marks itself as UTF-8", () => {
  expect(toCsv([["名称", "a,b", 'say "hi"', "two\nlines"], ["x", 1.5, null, ""]])).toBe('\uFEFF名称,"a,b","say ""hi""","two\nlines"\r\nx,1.5,,\r\n');
});

it("lets no text become a formula", () => {
  expect(toCsv([["=HYPERLINK(1)", "+1", "-2", "@x", -2]])).toBe("\uFEFF'=HYPERLINK(1),'+1,'-2,'@x,-2\r\n");
});
