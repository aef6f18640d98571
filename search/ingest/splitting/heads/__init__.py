"""What stands under a title before the text: bylines, dates, captions, standfirsts."""
