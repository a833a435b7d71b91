"""A letter's page: its data, PDF and PNG by typst, DOCX; the same everywhere it is shown."""
