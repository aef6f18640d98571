"""FOUND → FILE: the articles of a question as tables, records, references and feeds."""
