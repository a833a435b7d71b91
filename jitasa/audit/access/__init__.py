"""The access log: every answer of the site as a line in files beside the data (docs/adr/0023)."""
