import { ApiError } from "@cove/api/errors";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { expect, it } from "vitest";

it("leads the server's words to their fields", () => {
  const error = new ApiError(422, "x", "", { name: "已有同名活码", "members.1.weight": "须大于 0" });
  expect(fieldFaults(error)).toEqual([
    { name: ["name"], errors: ["已有同名活码"] },
    { name: ["members", 1, "weight"], errors: ["须大于 0"] },
  ]);
  expect(fieldFaults(new Error("else"))).toEqual([]);
});
