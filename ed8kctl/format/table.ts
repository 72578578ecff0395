/** Rows with the cells of a column below each other, each as wide as the widest; the last ends with its text. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, index) => Math.max(...rows.map((row) => width(row[index] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd(),
  );
}

/** Characters, not UTF-16 units. */
function width(text: string): number {
  return [...text].length;
}
