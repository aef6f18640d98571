"""Tests of search/analysis."""
