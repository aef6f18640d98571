"""Tests of search/engine."""
