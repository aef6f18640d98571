"""Tests of search/ingest/readers."""
