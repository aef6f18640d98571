"""Tests of search/backends."""
