"""Tests of search/ingest/splitting."""
