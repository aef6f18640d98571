"""Tests of search/ingest/storing."""
