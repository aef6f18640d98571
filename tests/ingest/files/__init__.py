"""Tests of search/ingest/files."""
