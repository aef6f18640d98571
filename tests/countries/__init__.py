"""Tests of search/countries."""
