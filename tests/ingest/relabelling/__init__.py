"""Tests of search/ingest/relabelling."""
