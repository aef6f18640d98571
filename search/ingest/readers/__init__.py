"""One module a format: each turns an opened file into records and failures, one at a time."""
