"""BOS keeps the books of FXSuite's deals: one image, a process for each entrypoint."""
