"""What lies on the disk: array files with their checksums, postings, columns, dictionaries,
segments."""
