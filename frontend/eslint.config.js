import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

/** shared (`lib`, `components`) -> `features/<one>` -> `app`: nothing imports to its right, no feature another. */
const layer = (files, ...groups) => ({
  files,
  rules: {
    "no-restricted-imports": ["error", { patterns: groups.map(([group, message]) => ({ group, message })) }],
  },
});
const APP = [["@/app", "@/app/*"], "Only the app itself knows the app."];
const FEATURES = [
  ["@/features", "@/features/*"],
  "A feature's own files are imported relatively; others' not at all.",
];
const OUT_OF_FEATURE = [
  ["../../../*"],
  "This leaves the feature. What two features need belongs in lib or components.",
];

export default ts.config(
  { ignores: ["dist", "src/generated", "*.config.*"] },
  ...ts.configs.strict,
  a11y.flatConfigs.strict,
  hooks.configs.flat.recommended,
  {
    rules: {
      "max-lines": ["error", { max: 200 }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is shown as text." },
      ],
    },
  },
  layer(["src/lib/**", "src/components/**"], APP, FEATURES),
  layer(["src/features/**"], APP, FEATURES, OUT_OF_FEATURE),
);
