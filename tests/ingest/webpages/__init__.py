"""Tests of search/ingest/webpages."""
