"""Workbooks of answers (XLSX): the template to fill in, reading what was filled in, and marking what is wrong."""
