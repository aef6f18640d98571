"""Dates as people write them, in the calendars and languages of the world, and what each is the
date of."""
