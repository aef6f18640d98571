"""Tests of search/engine/storage."""
