"""What answers a question and takes articles: the embedded index behind one interface."""
