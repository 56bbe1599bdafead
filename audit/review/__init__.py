"""The review: what people decide of values and findings, from the terminal or a workbook into the overrides file."""
