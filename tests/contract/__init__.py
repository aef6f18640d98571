"""What every backend must answer, checked against plain Python."""
