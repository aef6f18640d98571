"""Tests of search/models."""
