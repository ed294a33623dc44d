"""What lesson 00 computes."""
