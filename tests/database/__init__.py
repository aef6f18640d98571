"""The database away, full, read-only, old or odd."""
