"""Papers: PDF, Word, tables, QR."""

import os

# The package of Thai words would make a folder in the home of whoever runs the program, who may have none to write to.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
