"""Tests of search/ingest/reporting."""
