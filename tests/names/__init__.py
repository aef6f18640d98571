"""Tests of search/names."""
