"""What leaves the system: workbooks, the report, the records."""
