import { stackProgram } from "./program.js";

// The engine takes the default export as the stack's outputs, and which there are depends on the kind of stack.
// eslint-disable-next-line no-restricted-syntax
export default await stackProgram(import.meta.dirname);
