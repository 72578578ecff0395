import { builtinModules } from "node:module";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** A resource made inside `apply` is missing from previews and from tests (style rule 15). */
const noResourceInApply = {
  selector: "CallExpression[callee.property.name='apply'] NewExpression[callee.type='MemberExpression']",
  message: "No resource inside apply: if a value decides existence, it is config.",
};
/** An un-awaited apply in a test asserts nothing (style rule 25). */
const noApplyInTests = {
  // Only with a function: the Kubernetes client's own `apply` takes a manifest.
  selector: "CallExpression[callee.property.name='apply'][arguments.0.type=/FunctionExpression$/]",
  message: "No .apply in a test: go through registered().",
};
const noDefaultExport = { selector: "ExportDefaultDeclaration", message: "Named exports only (style rule 7)." };

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "dist",
      ".ed8k",
      "eslint.config.js",
      "services/*/app",
      "services/*/dist",
      "bin",
      "test/reporter.js",
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver": { typescript: true, node: true } },
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-restricted-syntax": ["error", noResourceInApply, noDefaultExport],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "no-restricted-imports": ["error", ...builtinModules.map((name) => ({ name, message: `Write node:${name}.` }))],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["test/**"],
    rules: {
      "max-lines-per-function": "off",
      "no-restricted-syntax": ["error", noApplyInTests, noDefaultExport],
    },
  },
);
