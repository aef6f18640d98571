"""Tests of search/query."""
