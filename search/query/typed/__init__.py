"""What is typed into the box, as people type it: read into pieces, understood, made a tree."""
