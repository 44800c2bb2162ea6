"""Conversion of labels to Label Studio's results and back."""
