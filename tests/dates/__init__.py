"""Tests of search/dates."""
