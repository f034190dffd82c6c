import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

/** A file that only passes on what others export: names get two homes, and everything is loaded with everything. */
const noBarrels = {
  selector: "Program:not(:has(ExportNamedDeclaration[source=null])):not(:has(ExportDefaultDeclaration)) > ExportNamedDeclaration[source]",
  message: "No barrel files: import from the file that defines it.",
};

export default ts.config(
  { ignores: ["**/node_modules", "packages/api/src/schema.d.ts", "**/dist"] },
  js.configs.recommended,
  ts.configs.strict,
  ts.configs.stylistic,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [hooks.configs.flat.recommended, a11y.flatConfigs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 4],
      complexity: ["error", 16],
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-syntax": ["error", noBarrels, { selector: "ExportAllDeclaration", message: "No barrel files: import from the file that defines it." }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-deprecated": "error",
      "@typescript-eslint/no-unnecessary-condition": "error",
      "@typescript-eslint/no-unsafe-assignment": "error",
      "@typescript-eslint/no-unsafe-call": "error",
      "@typescript-eslint/no-unsafe-member-access": "error",
      "@typescript-eslint/no-unsafe-return": "error",
      "@typescript-eslint/restrict-template-expressions": "error",
      // The field of a page that exists to be typed in may take the focus; nothing else does.
      "jsx-a11y/no-autofocus": "off",
    },
  },
  {
    files: ["**/tests/**", "**/*.test.{ts,tsx}"],
    rules: { "max-lines-per-function": "off" },
  },
  { files: ["**/*.{js,mjs,cjs}"], languageOptions: { globals: globals.node } },
);
