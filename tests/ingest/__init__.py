"""Tests of search/ingest."""
