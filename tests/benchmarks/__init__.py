"""Measurements beside other engines, run by hand, with small tests of their own parts."""
