"""What a run did, told as a file of JSON."""
