"""Copies of an installation: made while it runs, put back into an empty one, compared with what it was.

A copy is a folder with ``manifest.json`` (written last: without it there is no copy), the database as one file, and
``files`` with their SHA-256 in ``files.sha256``. Keys are never in it (docs/adr/0092).
"""
