"""Labelled records are written to the database, or a dry run tells what would be."""
