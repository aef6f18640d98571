"""Tests of search/query/typed."""
